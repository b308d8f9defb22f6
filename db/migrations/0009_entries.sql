CREATE TABLE "ending" (
	"shop_id" uuid NOT NULL,
	"order_id" text NOT NULL,
	"line" integer NOT NULL,
	"contact_id" uuid NOT NULL,
	"ends_at" timestamp with time zone NOT NULL,
	"item" jsonb NOT NULL,
	CONSTRAINT "ending_shop_id_order_id_line_pk" PRIMARY KEY("shop_id","order_id","line")
);
--> statement-breakpoint
CREATE TABLE "fact_change" (
	"shop_id" uuid NOT NULL,
	"id" bigint GENERATED ALWAYS AS IDENTITY (sequence name "fact_change_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"contact_id" uuid NOT NULL,
	CONSTRAINT "fact_change_shop_id_id_pk" PRIMARY KEY("shop_id","id")
);
--> statement-breakpoint
CREATE TABLE "told_event" (
	"shop_id" uuid NOT NULL,
	"id" text NOT NULL,
	"name" text NOT NULL,
	"contact_id" uuid,
	"at" timestamp with time zone NOT NULL,
	"body" jsonb NOT NULL,
	"received_at" timestamp with time zone NOT NULL,
	CONSTRAINT "told_event_shop_id_id_pk" PRIMARY KEY("shop_id","id")
);
--> statement-breakpoint
ALTER TABLE "flow" ADD COLUMN "plan_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "segment" ADD COLUMN "due_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "segment" ADD COLUMN "cursor" uuid;--> statement-breakpoint
ALTER TABLE "webhook" ADD COLUMN "former_secret" text;--> statement-breakpoint
ALTER TABLE "webhook" ADD COLUMN "former_until" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "webhook" ADD COLUMN "disabled_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "webhook" ADD COLUMN "disabled_reason" text;--> statement-breakpoint
ALTER TABLE "ending" ADD CONSTRAINT "ending_shop_id_shop_id_fk" FOREIGN KEY ("shop_id") REFERENCES "public"."shop"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "fact_change" ADD CONSTRAINT "fact_change_shop_id_shop_id_fk" FOREIGN KEY ("shop_id") REFERENCES "public"."shop"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "told_event" ADD CONSTRAINT "told_event_shop_id_shop_id_fk" FOREIGN KEY ("shop_id") REFERENCES "public"."shop"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "ending_at" ON "ending" USING btree ("shop_id","ends_at");--> statement-breakpoint
CREATE INDEX "fact_change_id" ON "fact_change" USING btree ("id");--> statement-breakpoint
CREATE INDEX "told_event_contact" ON "told_event" USING btree ("shop_id","contact_id","at");--> statement-breakpoint
CREATE INDEX "errand_subject" ON "errand" USING btree ("shop_id","kind","subject","queued_at");--> statement-breakpoint
CREATE INDEX "segment_due" ON "segment" USING btree ("due_at");