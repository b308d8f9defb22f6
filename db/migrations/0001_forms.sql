CREATE TABLE "quota" (
	"shop_id" uuid NOT NULL,
	"shard" integer NOT NULL,
	"day" timestamp with time zone NOT NULL,
	"visits" integer NOT NULL,
	CONSTRAINT "quota_shop_id_shard_pk" PRIMARY KEY("shop_id","shard")
);
--> statement-breakpoint
CREATE TABLE "waiting" (
	"shop_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"contact_id" uuid NOT NULL,
	"item_id" text NOT NULL,
	"title" text NOT NULL,
	"url" text NOT NULL,
	"locale" text NOT NULL,
	"asked_at" timestamp with time zone NOT NULL,
	"notified_at" timestamp with time zone,
	CONSTRAINT "waiting_shop_id_id_pk" PRIMARY KEY("shop_id","id")
);
--> statement-breakpoint
ALTER TABLE "contact" ADD COLUMN "phone" text;--> statement-breakpoint
ALTER TABLE "contact" ADD COLUMN "birthday" text;--> statement-breakpoint
ALTER TABLE "contact" ADD COLUMN "made_by" uuid;--> statement-breakpoint
ALTER TABLE "visitor" ADD COLUMN "reason" text;--> statement-breakpoint
ALTER TABLE "quota" ADD CONSTRAINT "quota_shop_id_shop_id_fk" FOREIGN KEY ("shop_id") REFERENCES "public"."shop"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "waiting" ADD CONSTRAINT "waiting_shop_id_shop_id_fk" FOREIGN KEY ("shop_id") REFERENCES "public"."shop"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "waiting_open" ON "waiting" USING btree ("shop_id","contact_id","item_id") WHERE notified_at is null;--> statement-breakpoint
CREATE INDEX "waiting_item" ON "waiting" USING btree ("shop_id","item_id") WHERE notified_at is null;--> statement-breakpoint
CREATE INDEX "contact_made_by" ON "contact" USING btree ("shop_id","made_by");--> statement-breakpoint
-- Who made a contact was read from the chain that the same transaction began.
UPDATE "contact" SET "made_by" = "enrollment"."visitor_id" FROM "enrollment" WHERE "enrollment"."shop_id" = "contact"."shop_id" AND "enrollment"."contact_id" = "contact"."id" AND "enrollment"."entered_at" = "contact"."created_at";
