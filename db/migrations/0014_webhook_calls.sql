CREATE TABLE "webhook_call" (
	"shop_id" uuid NOT NULL,
	"id" bigint GENERATED ALWAYS AS IDENTITY (sequence name "webhook_call_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"webhook" text NOT NULL,
	"call" uuid NOT NULL,
	"type" text NOT NULL,
	"flow_key" text,
	"contact_id" uuid,
	"attempt" integer NOT NULL,
	"status" integer,
	"reason" text,
	"ms" integer NOT NULL,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "webhook_call_shop_id_id_pk" PRIMARY KEY("shop_id","id")
);
--> statement-breakpoint
ALTER TABLE "webhook_call" ADD CONSTRAINT "webhook_call_shop_id_shop_id_fk" FOREIGN KEY ("shop_id") REFERENCES "public"."shop"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "webhook_call_latest" ON "webhook_call" USING btree ("shop_id","webhook","id");--> statement-breakpoint
CREATE INDEX "webhook_call_at" ON "webhook_call" USING btree ("at");