ALTER TABLE "code" ADD COLUMN "free_shipping" boolean;--> statement-breakpoint
ALTER TABLE "code_use" ADD COLUMN "free_shipping" boolean;