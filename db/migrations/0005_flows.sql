CREATE TABLE "delivery_event" (
	"shop_id" uuid NOT NULL,
	"key" text NOT NULL,
	"message_id" uuid,
	"contact_id" uuid,
	"kind" text NOT NULL,
	"machine" boolean NOT NULL,
	"link" text,
	"detail" jsonb NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"received_at" timestamp with time zone NOT NULL,
	CONSTRAINT "delivery_event_shop_id_key_pk" PRIMARY KEY("shop_id","key")
);
--> statement-breakpoint
CREATE TABLE "errand" (
	"shop_id" uuid NOT NULL,
	"id" uuid PRIMARY KEY NOT NULL,
	"enrollment_id" uuid NOT NULL,
	"contact_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"subject" text NOT NULL,
	"status" text NOT NULL,
	"reason" text,
	"attempt" integer NOT NULL,
	"queued_at" timestamp with time zone NOT NULL,
	"not_before" timestamp with time zone NOT NULL,
	"settled_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "pending_entry" (
	"shop_id" uuid NOT NULL,
	"flow_key" text NOT NULL,
	"contact_id" uuid NOT NULL,
	"visitor_id" uuid,
	"due_at" timestamp with time zone NOT NULL,
	"about" text NOT NULL,
	"items" jsonb NOT NULL,
	"locale" text NOT NULL,
	CONSTRAINT "pending_entry_shop_id_flow_key_contact_id_pk" PRIMARY KEY("shop_id","flow_key","contact_id")
);
--> statement-breakpoint
CREATE TABLE "scenario" (
	"shop_id" uuid NOT NULL,
	"flow_key" text NOT NULL,
	"name" text NOT NULL,
	"given" jsonb NOT NULL,
	"plan" jsonb NOT NULL,
	"updated_at" timestamp with time zone NOT NULL,
	CONSTRAINT "scenario_shop_id_flow_key_name_pk" PRIMARY KEY("shop_id","flow_key","name")
);
--> statement-breakpoint
CREATE TABLE "segment" (
	"shop_id" uuid NOT NULL,
	"key" text NOT NULL,
	"name" text NOT NULL,
	"condition" jsonb NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"updated_at" timestamp with time zone NOT NULL,
	"counted_at" timestamp with time zone,
	CONSTRAINT "segment_shop_id_key_pk" PRIMARY KEY("shop_id","key")
);
--> statement-breakpoint
CREATE TABLE "segment_member" (
	"shop_id" uuid NOT NULL,
	"segment_key" text NOT NULL,
	"contact_id" uuid NOT NULL,
	"entered_at" timestamp with time zone NOT NULL,
	CONSTRAINT "segment_member_shop_id_segment_key_contact_id_pk" PRIMARY KEY("shop_id","segment_key","contact_id")
);
--> statement-breakpoint
CREATE TABLE "webhook" (
	"shop_id" uuid NOT NULL,
	"name" text NOT NULL,
	"url" text NOT NULL,
	"secret" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "webhook_shop_id_name_pk" PRIMARY KEY("shop_id","name")
);
--> statement-breakpoint
ALTER TABLE "contact" ADD COLUMN "tags" jsonb DEFAULT '[]' NOT NULL;--> statement-breakpoint
ALTER TABLE "contact" ADD COLUMN "city" text;--> statement-breakpoint
ALTER TABLE "contact" ADD COLUMN "source" text;--> statement-breakpoint
ALTER TABLE "contact" ADD COLUMN "nps" integer;--> statement-breakpoint
ALTER TABLE "contact" ADD COLUMN "reason" text;--> statement-breakpoint
ALTER TABLE "contact" ADD COLUMN "dates" jsonb DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "enrollment" ADD COLUMN "heard_event" text;--> statement-breakpoint
ALTER TABLE "enrollment" ADD COLUMN "heard_step" integer;--> statement-breakpoint
ALTER TABLE "enrollment" ADD COLUMN "goal_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "message" ADD COLUMN "variant" integer;--> statement-breakpoint
ALTER TABLE "message" ADD COLUMN "delivered_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "message" ADD COLUMN "opened_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "message" ADD COLUMN "clicked_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "message" ADD COLUMN "bounced_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "message" ADD COLUMN "complained_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "message" ADD COLUMN "unsubscribed_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "delivery_event" ADD CONSTRAINT "delivery_event_shop_id_shop_id_fk" FOREIGN KEY ("shop_id") REFERENCES "public"."shop"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "errand" ADD CONSTRAINT "errand_shop_id_shop_id_fk" FOREIGN KEY ("shop_id") REFERENCES "public"."shop"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "errand" ADD CONSTRAINT "errand_enrollment_id_enrollment_id_fk" FOREIGN KEY ("enrollment_id") REFERENCES "public"."enrollment"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "pending_entry" ADD CONSTRAINT "pending_entry_shop_id_shop_id_fk" FOREIGN KEY ("shop_id") REFERENCES "public"."shop"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "scenario" ADD CONSTRAINT "scenario_shop_id_shop_id_fk" FOREIGN KEY ("shop_id") REFERENCES "public"."shop"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "segment" ADD CONSTRAINT "segment_shop_id_shop_id_fk" FOREIGN KEY ("shop_id") REFERENCES "public"."shop"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "segment_member" ADD CONSTRAINT "segment_member_shop_id_shop_id_fk" FOREIGN KEY ("shop_id") REFERENCES "public"."shop"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "webhook" ADD CONSTRAINT "webhook_shop_id_shop_id_fk" FOREIGN KEY ("shop_id") REFERENCES "public"."shop"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "delivery_event_message" ON "delivery_event" USING btree ("shop_id","message_id","at");--> statement-breakpoint
CREATE INDEX "delivery_event_kind" ON "delivery_event" USING btree ("shop_id","kind","at");--> statement-breakpoint
CREATE INDEX "errand_due" ON "errand" USING btree ("not_before") WHERE status = 'queued';--> statement-breakpoint
CREATE INDEX "pending_entry_due" ON "pending_entry" USING btree ("due_at");--> statement-breakpoint
CREATE INDEX "segment_member_contact" ON "segment_member" USING btree ("shop_id","contact_id");