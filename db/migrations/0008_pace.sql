CREATE TABLE "pace" (
	"shop_id" uuid,
	"tokens" double precision NOT NULL,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "pace_shop" UNIQUE NULLS NOT DISTINCT("shop_id")
);
--> statement-breakpoint
CREATE TABLE "volume" (
	"shop_id" uuid NOT NULL,
	"day" text NOT NULL,
	"provider" text NOT NULL,
	"letters" integer NOT NULL,
	CONSTRAINT "volume_shop_id_day_provider_pk" PRIMARY KEY("shop_id","day","provider")
);
--> statement-breakpoint
ALTER TABLE "pace" ADD CONSTRAINT "pace_shop_id_shop_id_fk" FOREIGN KEY ("shop_id") REFERENCES "public"."shop"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "volume" ADD CONSTRAINT "volume_shop_id_shop_id_fk" FOREIGN KEY ("shop_id") REFERENCES "public"."shop"("id") ON DELETE cascade ON UPDATE no action;