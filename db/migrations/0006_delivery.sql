ALTER TABLE "contact" ADD COLUMN "muted" jsonb DEFAULT '[]' NOT NULL;--> statement-breakpoint
ALTER TABLE "contact" ADD COLUMN "paused_until" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "delivery_event" ADD COLUMN "judge_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "shop" ADD COLUMN "marketing_halted_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "shop" ADD COLUMN "marketing_halted_reason" text;--> statement-breakpoint
ALTER TABLE "shop" ADD COLUMN "marketing_resumed_at" timestamp with time zone;--> statement-breakpoint
CREATE INDEX "delivery_event_judge" ON "delivery_event" USING btree ("judge_at") WHERE judge_at is not null;--> statement-breakpoint
CREATE INDEX "message_provider" ON "message" USING btree ("shop_id","provider_id") WHERE provider_id is not null;