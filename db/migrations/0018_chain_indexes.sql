DROP INDEX "enrollment_code";--> statement-breakpoint
DROP INDEX "enrollment_visitor";--> statement-breakpoint
CREATE INDEX "enrollment_code" ON "enrollment" USING btree ("shop_id","code_id") WHERE code_id is not null;--> statement-breakpoint
CREATE INDEX "enrollment_visitor" ON "enrollment" USING btree ("shop_id","visitor_id") WHERE visitor_id is not null;