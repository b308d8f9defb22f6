CREATE TABLE "trial" (
	"shop_id" uuid NOT NULL,
	"key" text NOT NULL,
	"plan" jsonb NOT NULL,
	"started_at" timestamp with time zone NOT NULL,
	"due_at" timestamp with time zone,
	"winner" integer,
	"decided_at" timestamp with time zone,
	"arms" jsonb,
	CONSTRAINT "trial_shop_id_key_pk" PRIMARY KEY("shop_id","key")
);
--> statement-breakpoint
ALTER TABLE "message" ADD COLUMN "trial" text;--> statement-breakpoint
ALTER TABLE "trial" ADD CONSTRAINT "trial_shop_id_shop_id_fk" FOREIGN KEY ("shop_id") REFERENCES "public"."shop"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "trial_due" ON "trial" USING btree ("due_at") WHERE due_at is not null;--> statement-breakpoint
CREATE INDEX "message_trial" ON "message" USING btree ("shop_id","trial","contact_id","queued_at") WHERE trial is not null;