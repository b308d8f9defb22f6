CREATE TABLE "code_use" (
	"shop_id" uuid NOT NULL,
	"order_id" text NOT NULL,
	"key" text NOT NULL,
	"code_id" uuid,
	"status" text NOT NULL,
	"until" timestamp with time zone,
	"discount" numeric(19,4),
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "code_use_shop_id_order_id_pk" PRIMARY KEY("shop_id","order_id")
);
--> statement-breakpoint
CREATE TABLE "integration" (
	"shop_id" uuid NOT NULL,
	"platform" text NOT NULL,
	"keys" jsonb NOT NULL,
	"updated_at" timestamp with time zone NOT NULL,
	CONSTRAINT "integration_shop_id_platform_pk" PRIMARY KEY("shop_id","platform")
);
--> statement-breakpoint
CREATE TABLE "mint" (
	"shop_id" uuid NOT NULL,
	"pool" text NOT NULL,
	"rule_id" uuid NOT NULL,
	"platform" text NOT NULL,
	"offer" jsonb NOT NULL,
	"discount" text,
	"job" text,
	"due_at" timestamp with time zone NOT NULL,
	"problem" text,
	"failures" integer NOT NULL,
	CONSTRAINT "mint_shop_id_pool_pk" PRIMARY KEY("shop_id","pool")
);
--> statement-breakpoint
CREATE TABLE "stock" (
	"shop_id" uuid NOT NULL,
	"key" text NOT NULL,
	"code" text NOT NULL,
	"pool" text NOT NULL,
	"number" bigint GENERATED ALWAYS AS IDENTITY (sequence name "stock_number_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"source" text NOT NULL,
	"status" text NOT NULL,
	"external" text,
	"discount" text,
	"remove_at" timestamp with time zone,
	"at" timestamp with time zone NOT NULL,
	"taken_at" timestamp with time zone,
	CONSTRAINT "stock_shop_id_key_pk" PRIMARY KEY("shop_id","key")
);
--> statement-breakpoint
ALTER TABLE "code" DROP CONSTRAINT "code_key";--> statement-breakpoint
ALTER TABLE "code" ADD COLUMN "terms" jsonb DEFAULT '{"uses":1,"binding":"loose","onRefund":"reopen"}' NOT NULL;--> statement-breakpoint
ALTER TABLE "code" ADD COLUMN "shared" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "code" ADD COLUMN "range_hash" text;--> statement-breakpoint
ALTER TABLE "code_use" ADD CONSTRAINT "code_use_shop_id_shop_id_fk" FOREIGN KEY ("shop_id") REFERENCES "public"."shop"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "integration" ADD CONSTRAINT "integration_shop_id_shop_id_fk" FOREIGN KEY ("shop_id") REFERENCES "public"."shop"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "mint" ADD CONSTRAINT "mint_shop_id_shop_id_fk" FOREIGN KEY ("shop_id") REFERENCES "public"."shop"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "stock" ADD CONSTRAINT "stock_shop_id_shop_id_fk" FOREIGN KEY ("shop_id") REFERENCES "public"."shop"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "code_use_key" ON "code_use" USING btree ("shop_id","key","status");--> statement-breakpoint
CREATE INDEX "mint_due" ON "mint" USING btree ("due_at");--> statement-breakpoint
CREATE INDEX "stock_free" ON "stock" USING btree ("shop_id","pool","number") WHERE status = 'free';--> statement-breakpoint
CREATE INDEX "stock_pool" ON "stock" USING btree ("shop_id","pool","status");--> statement-breakpoint
CREATE INDEX "stock_remove" ON "stock" USING btree ("remove_at") WHERE status in ('taken', 'stale') and remove_at is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "code_key" ON "code" USING btree ("shop_id","key") WHERE not shared;--> statement-breakpoint
CREATE INDEX "code_shared" ON "code" USING btree ("shop_id","key","canonical") WHERE shared;--> statement-breakpoint
CREATE INDEX "code_shared_expiry" ON "code" USING btree ("shop_id","key","expires_at") WHERE shared;--> statement-breakpoint
CREATE INDEX "code_range" ON "code" USING btree ("shop_id","range_hash","issued_at");--> statement-breakpoint
CREATE INDEX "code_visitor" ON "code" USING btree ("shop_id","visitor_id","issued_at");--> statement-breakpoint
CREATE INDEX "code_issued" ON "code" USING btree ("shop_id","issued_at");--> statement-breakpoint
CREATE INDEX "rule_platform" ON "rule" USING btree ("shop_id") WHERE definition->'code'->>'mode' = 'platform' and deleted_at is null;--> statement-breakpoint
INSERT INTO "code_use" ("shop_id", "order_id", "key", "code_id", "status", "discount", "at")
SELECT "shop_id", "order_id", "key", "id", 'redeemed', "discount", coalesce("redeemed_at", "issued_at") FROM "code" WHERE "order_id" IS NOT NULL;
