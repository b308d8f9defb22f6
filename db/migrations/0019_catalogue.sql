CREATE TABLE "feed" (
	"shop_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"url" text NOT NULL,
	"enabled" boolean NOT NULL,
	"every" integer NOT NULL,
	"due_at" timestamp with time zone NOT NULL,
	"held_until" timestamp with time zone,
	"etag" text,
	"last_modified" text,
	"tried_at" timestamp with time zone,
	"taken_at" timestamp with time zone,
	"report" jsonb,
	"problem" text,
	"failures" integer NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "feed_shop_id_id_pk" PRIMARY KEY("shop_id","id"),
	CONSTRAINT "feed_url" UNIQUE("shop_id","url")
);
--> statement-breakpoint
CREATE TABLE "product" (
	"shop_id" uuid NOT NULL,
	"id" text NOT NULL,
	"group_id" text,
	"feed_id" uuid,
	"title" text NOT NULL,
	"price" numeric(19,4) NOT NULL,
	"old_price" numeric(19,4),
	"currency" text NOT NULL,
	"url" text NOT NULL,
	"url_key" text NOT NULL,
	"image" text,
	"categories" jsonb NOT NULL,
	"brand" text,
	"available" boolean,
	"stock" integer,
	"prices" jsonb NOT NULL,
	"import_id" uuid NOT NULL,
	"first_seen_at" timestamp with time zone NOT NULL,
	"last_seen_at" timestamp with time zone NOT NULL,
	"arrived_at" timestamp with time zone,
	"back_at" timestamp with time zone,
	"dropped_at" timestamp with time zone,
	"lowest" numeric(19,4),
	"news_at" timestamp with time zone,
	"gone_at" timestamp with time zone,
	CONSTRAINT "product_shop_id_id_pk" PRIMARY KEY("shop_id","id")
);
--> statement-breakpoint
ALTER TABLE "feed" ADD CONSTRAINT "feed_shop_id_shop_id_fk" FOREIGN KEY ("shop_id") REFERENCES "public"."shop"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "product" ADD CONSTRAINT "product_shop_id_shop_id_fk" FOREIGN KEY ("shop_id") REFERENCES "public"."shop"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "feed_due" ON "feed" USING btree ("due_at") WHERE enabled;--> statement-breakpoint
CREATE INDEX "product_group" ON "product" USING btree ("shop_id","group_id") WHERE group_id is not null;--> statement-breakpoint
CREATE INDEX "product_url" ON "product" USING btree ("shop_id","url_key");--> statement-breakpoint
CREATE INDEX "product_arrived" ON "product" USING btree ("shop_id","arrived_at") WHERE arrived_at is not null;--> statement-breakpoint
CREATE INDEX "product_news" ON "product" USING btree ("news_at") WHERE news_at is not null;