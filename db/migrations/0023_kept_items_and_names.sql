ALTER TABLE "contact" ADD COLUMN "patronymic" text;--> statement-breakpoint
ALTER TABLE "contact" ADD COLUMN "last_name" text;--> statement-breakpoint
ALTER TABLE "contact" ADD COLUMN "name_style" text;--> statement-breakpoint
ALTER TABLE "enrollment" ADD COLUMN "kept" jsonb;