CREATE TABLE "review" (
	"shop_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"contact_id" uuid NOT NULL,
	"message_id" uuid NOT NULL,
	"order_id" text,
	"item_id" text,
	"item_title" text,
	"stars" integer NOT NULL,
	"text" text NOT NULL,
	"author" text NOT NULL,
	"may_publish" boolean NOT NULL,
	"locale" text NOT NULL,
	"status" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"updated_at" timestamp with time zone NOT NULL,
	"decided_at" timestamp with time zone,
	CONSTRAINT "review_shop_id_id_pk" PRIMARY KEY("shop_id","id"),
	CONSTRAINT "review_once" UNIQUE NULLS NOT DISTINCT("shop_id","message_id","item_id")
);
--> statement-breakpoint
ALTER TABLE "review" ADD CONSTRAINT "review_shop_id_shop_id_fk" FOREIGN KEY ("shop_id") REFERENCES "public"."shop"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "review_created" ON "review" USING btree ("shop_id","created_at","id");--> statement-breakpoint
CREATE INDEX "review_status" ON "review" USING btree ("shop_id","status","created_at","id");--> statement-breakpoint
CREATE INDEX "review_published" ON "review" USING btree ("shop_id","item_id","created_at") WHERE status = 'published';--> statement-breakpoint
CREATE INDEX "review_latest" ON "review" USING btree ("shop_id","created_at") WHERE status = 'published';--> statement-breakpoint
CREATE INDEX "review_contact" ON "review" USING btree ("shop_id","contact_id");