CREATE TABLE "api_key" (
	"id" uuid PRIMARY KEY NOT NULL,
	"shop_id" uuid NOT NULL,
	"hash" text NOT NULL,
	"name" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"revoked_at" timestamp with time zone,
	CONSTRAINT "api_key_hash_unique" UNIQUE("hash")
);
--> statement-breakpoint
CREATE TABLE "arm" (
	"shop_id" uuid NOT NULL,
	"visitor_id" uuid NOT NULL,
	"rule_id" uuid NOT NULL,
	"arm" text,
	"drawn_at" timestamp with time zone NOT NULL,
	CONSTRAINT "arm_shop_id_visitor_id_rule_id_pk" PRIMARY KEY("shop_id","visitor_id","rule_id")
);
--> statement-breakpoint
CREATE TABLE "batch" (
	"shop_id" uuid NOT NULL,
	"visit_id" uuid NOT NULL,
	"key" text NOT NULL,
	"received_at" timestamp with time zone NOT NULL,
	CONSTRAINT "batch_shop_id_visit_id_key_pk" PRIMARY KEY("shop_id","visit_id","key")
);
--> statement-breakpoint
CREATE TABLE "code" (
	"shop_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"code" text NOT NULL,
	"key" text NOT NULL,
	"rule_id" uuid NOT NULL,
	"contact_id" uuid NOT NULL,
	"canonical" text NOT NULL,
	"visitor_id" uuid NOT NULL,
	"status" text NOT NULL,
	"offer" jsonb NOT NULL,
	"issued_at" timestamp with time zone NOT NULL,
	"expires_at" timestamp with time zone,
	"order_id" text,
	"redeemed_at" timestamp with time zone,
	"discount" numeric(19,4),
	CONSTRAINT "code_shop_id_id_pk" PRIMARY KEY("shop_id","id"),
	CONSTRAINT "code_key" UNIQUE("shop_id","key")
);
--> statement-breakpoint
CREATE TABLE "consent" (
	"shop_id" uuid NOT NULL,
	"id" uuid PRIMARY KEY NOT NULL,
	"contact_id" uuid NOT NULL,
	"visitor_id" uuid,
	"purpose" text NOT NULL,
	"granted" boolean NOT NULL,
	"text" text NOT NULL,
	"text_hash" text NOT NULL,
	"locale" text NOT NULL,
	"page" text,
	"network" text,
	"method" text NOT NULL,
	"at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "contact" (
	"shop_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"email" text NOT NULL,
	"canonical" text NOT NULL,
	"name" text,
	"locale" text NOT NULL,
	"timezone" text,
	"marketing" text NOT NULL,
	"refused_at" timestamp with time zone,
	"purchased_at" timestamp with time zone,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "contact_shop_id_id_pk" PRIMARY KEY("shop_id","id"),
	CONSTRAINT "contact_canonical" UNIQUE("shop_id","canonical")
);
--> statement-breakpoint
CREATE TABLE "decision" (
	"shop_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"visit_id" uuid NOT NULL,
	"rule_id" uuid NOT NULL,
	"arm" text,
	"outcome" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "decision_shop_id_visit_id_id_pk" PRIMARY KEY("shop_id","visit_id","id")
);
--> statement-breakpoint
CREATE TABLE "enrollment" (
	"shop_id" uuid NOT NULL,
	"id" uuid PRIMARY KEY NOT NULL,
	"flow_key" text NOT NULL,
	"flow_version" integer NOT NULL,
	"contact_id" uuid NOT NULL,
	"visitor_id" uuid,
	"rule_id" uuid,
	"code_id" uuid,
	"status" text NOT NULL,
	"reason" text,
	"step" integer NOT NULL,
	"due_at" timestamp with time zone,
	"dedupe_key" text NOT NULL,
	"items" jsonb NOT NULL,
	"offer" jsonb NOT NULL,
	"locale" text NOT NULL,
	"entered_at" timestamp with time zone NOT NULL,
	"ended_at" timestamp with time zone,
	CONSTRAINT "enrollment_dedupe" UNIQUE("shop_id","dedupe_key")
);
--> statement-breakpoint
CREATE TABLE "event" (
	"shop_id" uuid NOT NULL,
	"id" bigint GENERATED ALWAYS AS IDENTITY (sequence name "event_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"visit_id" uuid NOT NULL,
	"type" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"received_at" timestamp with time zone NOT NULL,
	"body" jsonb NOT NULL,
	CONSTRAINT "event_shop_id_visit_id_id_pk" PRIMARY KEY("shop_id","visit_id","id")
);
--> statement-breakpoint
CREATE TABLE "flow" (
	"shop_id" uuid NOT NULL,
	"key" text NOT NULL,
	"version" integer NOT NULL,
	"enabled" boolean NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"updated_at" timestamp with time zone NOT NULL,
	"deleted_at" timestamp with time zone,
	CONSTRAINT "flow_shop_id_key_pk" PRIMARY KEY("shop_id","key")
);
--> statement-breakpoint
CREATE TABLE "flow_version" (
	"shop_id" uuid NOT NULL,
	"key" text NOT NULL,
	"version" integer NOT NULL,
	"definition" jsonb NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "flow_version_shop_id_key_version_pk" PRIMARY KEY("shop_id","key","version")
);
--> statement-breakpoint
CREATE TABLE "idempotency" (
	"shop_id" uuid NOT NULL,
	"key" text NOT NULL,
	"method" text NOT NULL,
	"path" text NOT NULL,
	"body_hash" text NOT NULL,
	"status" integer,
	"response" text,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "idempotency_shop_id_method_path_key_pk" PRIMARY KEY("shop_id","method","path","key")
);
--> statement-breakpoint
CREATE TABLE "inbox_letter" (
	"shop_id" uuid NOT NULL,
	"id" uuid PRIMARY KEY NOT NULL,
	"sender" text NOT NULL,
	"recipient" text NOT NULL,
	"subject" text NOT NULL,
	"html" text NOT NULL,
	"text" text NOT NULL,
	"headers" jsonb NOT NULL,
	"at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "message" (
	"shop_id" uuid NOT NULL,
	"id" uuid PRIMARY KEY NOT NULL,
	"enrollment_id" uuid NOT NULL,
	"contact_id" uuid NOT NULL,
	"step" integer NOT NULL,
	"occurrence" integer NOT NULL,
	"letter" text NOT NULL,
	"purpose" text NOT NULL,
	"claimed" boolean NOT NULL,
	"prompt" boolean NOT NULL,
	"address_hash" text NOT NULL,
	"status" text NOT NULL,
	"reason" text,
	"attempt" integer NOT NULL,
	"resends" integer NOT NULL,
	"queued_at" timestamp with time zone NOT NULL,
	"not_before" timestamp with time zone NOT NULL,
	"expires_at" timestamp with time zone,
	"claim" uuid,
	"lease_until" timestamp with time zone,
	"call_started_at" timestamp with time zone,
	"settled_at" timestamp with time zone,
	"provider" text,
	"provider_id" text,
	"subject" text,
	CONSTRAINT "message_step" UNIQUE("enrollment_id","step","occurrence")
);
--> statement-breakpoint
CREATE TABLE "order" (
	"shop_id" uuid NOT NULL,
	"id" text NOT NULL,
	"status" text NOT NULL,
	"contact_id" uuid,
	"visitor_id" uuid,
	"total" numeric(19,4) NOT NULL,
	"currency" text NOT NULL,
	"placed_at" timestamp with time zone NOT NULL,
	"body" jsonb NOT NULL,
	"received_at" timestamp with time zone NOT NULL,
	"updated_at" timestamp with time zone NOT NULL,
	CONSTRAINT "order_shop_id_id_pk" PRIMARY KEY("shop_id","id")
);
--> statement-breakpoint
CREATE TABLE "rule" (
	"shop_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"version" integer NOT NULL,
	"definition" jsonb NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"updated_at" timestamp with time zone NOT NULL,
	"deleted_at" timestamp with time zone,
	CONSTRAINT "rule_shop_id_id_pk" PRIMARY KEY("shop_id","id")
);
--> statement-breakpoint
CREATE TABLE "shop" (
	"id" uuid PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"site_key" text NOT NULL,
	"origins" jsonb NOT NULL,
	"currency" text NOT NULL,
	"locale" text NOT NULL,
	"timezone" text NOT NULL,
	"sender_name" text NOT NULL,
	"sender_email" text NOT NULL,
	"postal_address" text NOT NULL,
	"settings" jsonb NOT NULL,
	"halted_until" timestamp with time zone,
	"halted_reason" text,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "shop_site_key_unique" UNIQUE("site_key")
);
--> statement-breakpoint
CREATE TABLE "suppression" (
	"shop_id" uuid NOT NULL,
	"address_hash" text NOT NULL,
	"reason" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "suppression_shop_id_address_hash_pk" PRIMARY KEY("shop_id","address_hash")
);
--> statement-breakpoint
CREATE TABLE "visit" (
	"shop_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"visitor_id" uuid NOT NULL,
	"number" integer NOT NULL,
	"days_since_last" integer,
	"started_at" timestamp with time zone NOT NULL,
	"last_at" timestamp with time zone NOT NULL,
	"state" jsonb NOT NULL,
	"device" text,
	"browser" text,
	"os" text,
	"country" text,
	"language" text,
	"network" text,
	CONSTRAINT "visit_shop_id_id_pk" PRIMARY KEY("shop_id","id")
);
--> statement-breakpoint
CREATE TABLE "visitor" (
	"shop_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"contact_id" uuid,
	"visits" integer NOT NULL,
	"first_at" timestamp with time zone NOT NULL,
	"last_at" timestamp with time zone NOT NULL,
	"purchased_at" timestamp with time zone,
	"refused_at" timestamp with time zone,
	"subscribed_at" timestamp with time zone,
	"shown" jsonb NOT NULL,
	CONSTRAINT "visitor_shop_id_id_pk" PRIMARY KEY("shop_id","id")
);
--> statement-breakpoint
ALTER TABLE "api_key" ADD CONSTRAINT "api_key_shop_id_shop_id_fk" FOREIGN KEY ("shop_id") REFERENCES "public"."shop"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "arm" ADD CONSTRAINT "arm_shop_id_shop_id_fk" FOREIGN KEY ("shop_id") REFERENCES "public"."shop"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "batch" ADD CONSTRAINT "batch_shop_id_shop_id_fk" FOREIGN KEY ("shop_id") REFERENCES "public"."shop"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "code" ADD CONSTRAINT "code_shop_id_shop_id_fk" FOREIGN KEY ("shop_id") REFERENCES "public"."shop"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "consent" ADD CONSTRAINT "consent_shop_id_shop_id_fk" FOREIGN KEY ("shop_id") REFERENCES "public"."shop"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "contact" ADD CONSTRAINT "contact_shop_id_shop_id_fk" FOREIGN KEY ("shop_id") REFERENCES "public"."shop"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "decision" ADD CONSTRAINT "decision_shop_id_shop_id_fk" FOREIGN KEY ("shop_id") REFERENCES "public"."shop"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "enrollment" ADD CONSTRAINT "enrollment_shop_id_shop_id_fk" FOREIGN KEY ("shop_id") REFERENCES "public"."shop"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "event" ADD CONSTRAINT "event_shop_id_shop_id_fk" FOREIGN KEY ("shop_id") REFERENCES "public"."shop"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "flow" ADD CONSTRAINT "flow_shop_id_shop_id_fk" FOREIGN KEY ("shop_id") REFERENCES "public"."shop"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "flow_version" ADD CONSTRAINT "flow_version_shop_id_shop_id_fk" FOREIGN KEY ("shop_id") REFERENCES "public"."shop"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "idempotency" ADD CONSTRAINT "idempotency_shop_id_shop_id_fk" FOREIGN KEY ("shop_id") REFERENCES "public"."shop"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "inbox_letter" ADD CONSTRAINT "inbox_letter_shop_id_shop_id_fk" FOREIGN KEY ("shop_id") REFERENCES "public"."shop"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "message" ADD CONSTRAINT "message_shop_id_shop_id_fk" FOREIGN KEY ("shop_id") REFERENCES "public"."shop"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "message" ADD CONSTRAINT "message_enrollment_id_enrollment_id_fk" FOREIGN KEY ("enrollment_id") REFERENCES "public"."enrollment"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "order" ADD CONSTRAINT "order_shop_id_shop_id_fk" FOREIGN KEY ("shop_id") REFERENCES "public"."shop"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "rule" ADD CONSTRAINT "rule_shop_id_shop_id_fk" FOREIGN KEY ("shop_id") REFERENCES "public"."shop"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "suppression" ADD CONSTRAINT "suppression_shop_id_shop_id_fk" FOREIGN KEY ("shop_id") REFERENCES "public"."shop"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "visit" ADD CONSTRAINT "visit_shop_id_shop_id_fk" FOREIGN KEY ("shop_id") REFERENCES "public"."shop"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "visitor" ADD CONSTRAINT "visitor_shop_id_shop_id_fk" FOREIGN KEY ("shop_id") REFERENCES "public"."shop"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "api_key_shop" ON "api_key" USING btree ("shop_id");--> statement-breakpoint
CREATE UNIQUE INDEX "code_live" ON "code" USING btree ("shop_id","canonical","rule_id") WHERE status in ('issued', 'reserved');--> statement-breakpoint
CREATE UNIQUE INDEX "code_order" ON "code" USING btree ("shop_id","order_id") WHERE order_id is not null;--> statement-breakpoint
CREATE INDEX "consent_contact" ON "consent" USING btree ("shop_id","contact_id","at");--> statement-breakpoint
CREATE INDEX "enrollment_due" ON "enrollment" USING btree ("due_at") WHERE status = 'active' and due_at is not null;--> statement-breakpoint
CREATE INDEX "enrollment_contact" ON "enrollment" USING btree ("shop_id","contact_id");--> statement-breakpoint
CREATE INDEX "enrollment_code" ON "enrollment" USING btree ("shop_id","code_id");--> statement-breakpoint
CREATE INDEX "enrollment_visitor" ON "enrollment" USING btree ("shop_id","visitor_id");--> statement-breakpoint
CREATE INDEX "event_type" ON "event" USING btree ("shop_id","type","at");--> statement-breakpoint
CREATE INDEX "inbox_letter_at" ON "inbox_letter" USING btree ("at");--> statement-breakpoint
CREATE INDEX "message_due" ON "message" USING btree ("shop_id","not_before") WHERE status = 'queued';--> statement-breakpoint
CREATE INDEX "message_lease" ON "message" USING btree ("lease_until") WHERE status in ('sending', 'unknown');--> statement-breakpoint
CREATE INDEX "message_contact" ON "message" USING btree ("shop_id","contact_id","queued_at");--> statement-breakpoint
CREATE INDEX "message_claimed" ON "message" USING btree ("address_hash","queued_at") WHERE claimed;--> statement-breakpoint
CREATE INDEX "order_contact" ON "order" USING btree ("shop_id","contact_id");--> statement-breakpoint
CREATE INDEX "visit_visitor" ON "visit" USING btree ("shop_id","visitor_id","started_at");--> statement-breakpoint
CREATE INDEX "visitor_contact" ON "visitor" USING btree ("shop_id","contact_id");