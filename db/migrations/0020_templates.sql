CREATE TABLE "template" (
	"shop_id" uuid NOT NULL,
	"key" text NOT NULL,
	"version" integer NOT NULL,
	"words" jsonb,
	"created_at" timestamp with time zone NOT NULL,
	"failure" text,
	"failed_at" timestamp with time zone,
	CONSTRAINT "template_shop_id_key_version_pk" PRIMARY KEY("shop_id","key","version")
);
--> statement-breakpoint
ALTER TABLE "template" ADD CONSTRAINT "template_shop_id_shop_id_fk" FOREIGN KEY ("shop_id") REFERENCES "public"."shop"("id") ON DELETE cascade ON UPDATE no action;