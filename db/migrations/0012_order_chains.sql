ALTER TABLE "enrollment" ADD COLUMN "order_id" text;--> statement-breakpoint
ALTER TABLE "pending_entry" ADD COLUMN "order_id" text;