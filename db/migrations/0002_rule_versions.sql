CREATE TABLE "rule_version" (
	"shop_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"version" integer NOT NULL,
	"definition" jsonb NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "rule_version_shop_id_id_version_pk" PRIMARY KEY("shop_id","id","version")
);
--> statement-breakpoint
ALTER TABLE "decision" ADD COLUMN "rule_version" integer;--> statement-breakpoint
ALTER TABLE "rule_version" ADD CONSTRAINT "rule_version_shop_id_shop_id_fk" FOREIGN KEY ("shop_id") REFERENCES "public"."shop"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "decision_accepted" ON "decision" USING btree ("shop_id","rule_id","at") WHERE outcome = 'accepted';--> statement-breakpoint
CREATE INDEX "order_visitor" ON "order" USING btree ("shop_id","visitor_id") WHERE visitor_id is not null;--> statement-breakpoint
-- What each rule was before is not known; its history begins with what it is.
INSERT INTO "rule_version" ("shop_id", "id", "version", "definition", "created_at") SELECT "shop_id", "id", "version", "definition", "updated_at" FROM "rule";
