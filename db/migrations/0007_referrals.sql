CREATE TABLE "referral" (
	"shop_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"sender_id" uuid NOT NULL,
	"friend_id" uuid NOT NULL,
	"friend_hash" text NOT NULL,
	"status" text NOT NULL,
	"reason" text,
	"promise" jsonb NOT NULL,
	"code_id" uuid NOT NULL,
	"reward_id" uuid,
	"order_id" text,
	"order_status" text,
	"claimed_at" timestamp with time zone NOT NULL,
	"ordered_at" timestamp with time zone,
	"confirmed_at" timestamp with time zone,
	"due_at" timestamp with time zone,
	"settled_at" timestamp with time zone,
	CONSTRAINT "referral_shop_id_id_pk" PRIMARY KEY("shop_id","id"),
	CONSTRAINT "referral_friend" UNIQUE("shop_id","friend_hash")
);
--> statement-breakpoint
CREATE TABLE "referral_link" (
	"shop_id" uuid NOT NULL,
	"contact_id" uuid NOT NULL,
	"token" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "referral_link_shop_id_contact_id_pk" PRIMARY KEY("shop_id","contact_id"),
	CONSTRAINT "referral_link_token_unique" UNIQUE("token")
);
--> statement-breakpoint
CREATE TABLE "referral_tally" (
	"shop_id" uuid NOT NULL,
	"sender_id" uuid NOT NULL,
	"day" timestamp with time zone NOT NULL,
	"what" text NOT NULL,
	"count" integer NOT NULL,
	CONSTRAINT "referral_tally_shop_id_sender_id_day_what_pk" PRIMARY KEY("shop_id","sender_id","day","what")
);
--> statement-breakpoint
ALTER TABLE "referral" ADD CONSTRAINT "referral_shop_id_shop_id_fk" FOREIGN KEY ("shop_id") REFERENCES "public"."shop"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "referral_link" ADD CONSTRAINT "referral_link_shop_id_shop_id_fk" FOREIGN KEY ("shop_id") REFERENCES "public"."shop"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "referral_tally" ADD CONSTRAINT "referral_tally_shop_id_shop_id_fk" FOREIGN KEY ("shop_id") REFERENCES "public"."shop"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "referral_code" ON "referral" USING btree ("shop_id","code_id");--> statement-breakpoint
CREATE INDEX "referral_order" ON "referral" USING btree ("shop_id","order_id") WHERE order_id is not null;--> statement-breakpoint
CREATE INDEX "referral_due" ON "referral" USING btree ("due_at") WHERE status = 'confirmed';--> statement-breakpoint
CREATE INDEX "referral_sender" ON "referral" USING btree ("shop_id","sender_id","claimed_at");--> statement-breakpoint
CREATE INDEX "referral_claimed" ON "referral" USING btree ("shop_id","claimed_at");--> statement-breakpoint
CREATE INDEX "referral_link_created" ON "referral_link" USING btree ("shop_id","created_at");--> statement-breakpoint
CREATE INDEX "referral_tally_day" ON "referral_tally" USING btree ("shop_id","day");