CREATE TABLE "settled_chain" (
	"shop_id" uuid NOT NULL,
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "settled_chain_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"enrollment_id" uuid NOT NULL,
	"step" integer NOT NULL,
	"at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "outbox" (
	"shop_id" uuid NOT NULL,
	"id" uuid PRIMARY KEY NOT NULL,
	"not_before" timestamp with time zone NOT NULL,
	"claim" uuid,
	"lease_until" timestamp with time zone,
	"called" boolean DEFAULT false NOT NULL
) WITH (fillfactor = 50, autovacuum_vacuum_scale_factor = 0.02);
--> statement-breakpoint
UPDATE "message" SET "status" = 'queued', "attempt" = "attempt" - 1 WHERE "status" = 'sending' AND "call_started_at" IS NULL;--> statement-breakpoint
INSERT INTO "outbox" ("shop_id", "id", "not_before", "lease_until", "called")
	SELECT "shop_id", "id", "not_before", "lease_until", "status" <> 'queued' FROM "message" WHERE "status" IN ('queued', 'sending', 'unknown');--> statement-breakpoint
DROP INDEX "message_due";--> statement-breakpoint
DROP INDEX "message_lease";--> statement-breakpoint
ALTER TABLE "outbox" ADD CONSTRAINT "outbox_shop_id_shop_id_fk" FOREIGN KEY ("shop_id") REFERENCES "public"."shop"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "outbox" ADD CONSTRAINT "outbox_id_message_id_fk" FOREIGN KEY ("id") REFERENCES "public"."message"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "outbox_due" ON "outbox" USING btree ("shop_id","not_before") WHERE not called;--> statement-breakpoint
CREATE INDEX "outbox_called" ON "outbox" USING btree ("id") WHERE called;--> statement-breakpoint
ALTER TABLE "message" DROP COLUMN "claim";--> statement-breakpoint
ALTER TABLE "message" DROP COLUMN "lease_until";