CREATE TABLE "item_tally" (
	"shop_id" uuid NOT NULL,
	"item_id" text NOT NULL,
	"item" jsonb NOT NULL,
	"category" text,
	"sold" integer NOT NULL,
	"viewed" integer NOT NULL,
	"gap_days" real,
	"gaps" integer NOT NULL,
	"gap_people" integer NOT NULL,
	CONSTRAINT "item_tally_shop_id_item_id_pk" PRIMARY KEY("shop_id","item_id")
);
--> statement-breakpoint
CREATE TABLE "pair_tally" (
	"shop_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"item_id" text NOT NULL,
	"other_id" text NOT NULL,
	"count" integer NOT NULL,
	CONSTRAINT "pair_tally_shop_id_item_id_kind_other_id_pk" PRIMARY KEY("shop_id","item_id","kind","other_id")
);
--> statement-breakpoint
CREATE TABLE "tally_turn" (
	"shop_id" uuid NOT NULL,
	"due_at" timestamp with time zone NOT NULL,
	"counted_at" timestamp with time zone,
	CONSTRAINT "tally_turn_shop_id_pk" PRIMARY KEY("shop_id")
);
--> statement-breakpoint
ALTER TABLE "message" ADD COLUMN "recommended" jsonb;--> statement-breakpoint
ALTER TABLE "item_tally" ADD CONSTRAINT "item_tally_shop_id_shop_id_fk" FOREIGN KEY ("shop_id") REFERENCES "public"."shop"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "pair_tally" ADD CONSTRAINT "pair_tally_shop_id_shop_id_fk" FOREIGN KEY ("shop_id") REFERENCES "public"."shop"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tally_turn" ADD CONSTRAINT "tally_turn_shop_id_shop_id_fk" FOREIGN KEY ("shop_id") REFERENCES "public"."shop"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "item_tally_best" ON "item_tally" USING btree ("shop_id","sold","viewed");--> statement-breakpoint
CREATE INDEX "item_tally_category" ON "item_tally" USING btree ("shop_id","category","sold","viewed");--> statement-breakpoint
CREATE INDEX "tally_turn_due" ON "tally_turn" USING btree ("due_at");--> statement-breakpoint
CREATE INDEX "visit_started" ON "visit" USING btree ("shop_id","started_at");--> statement-breakpoint
insert into tally_turn (shop_id, due_at) select id, now() from shop;
