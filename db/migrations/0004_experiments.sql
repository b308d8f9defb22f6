CREATE TABLE "odds" (
	"shop_id" uuid NOT NULL,
	"rule_id" uuid NOT NULL,
	"rule_version" integer NOT NULL,
	"shares" jsonb NOT NULL,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "odds_shop_id_rule_id_pk" PRIMARY KEY("shop_id","rule_id")
);
--> statement-breakpoint
ALTER TABLE "arm" ADD COLUMN "rule_version" integer;--> statement-breakpoint
ALTER TABLE "arm" ADD COLUMN "probability" real;--> statement-breakpoint
ALTER TABLE "arm" ADD COLUMN "exposed_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "odds" ADD CONSTRAINT "odds_shop_id_shop_id_fk" FOREIGN KEY ("shop_id") REFERENCES "public"."shop"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "arm_exposed" ON "arm" USING btree ("shop_id","rule_id","exposed_at") WHERE exposed_at is not null;--> statement-breakpoint
CREATE INDEX "code_use_redeemed" ON "code_use" USING btree ("shop_id","at") WHERE status = 'redeemed';--> statement-breakpoint
CREATE INDEX "enrollment_entered" ON "enrollment" USING btree ("shop_id","entered_at") WHERE rule_id is not null;--> statement-breakpoint
CREATE INDEX "message_sent" ON "message" USING btree ("shop_id","settled_at") WHERE status = 'sent';--> statement-breakpoint
CREATE INDEX "order_placed" ON "order" USING btree ("shop_id","placed_at");--> statement-breakpoint
CREATE INDEX "rule_adaptive" ON "rule" USING btree ("shop_id") WHERE definition->'adaptive' is not null and deleted_at is null;