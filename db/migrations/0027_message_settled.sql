ALTER TABLE "message" SET (fillfactor = 80);--> statement-breakpoint
DROP INDEX "message_sent";--> statement-breakpoint
CREATE INDEX "message_settled" ON "message" USING btree ("shop_id","settled_at") WHERE settled_at is not null;