ALTER TABLE "ending" DISABLE ROW LEVEL SECURITY;--> statement-breakpoint
DROP TABLE "ending" CASCADE;--> statement-breakpoint
ALTER TABLE "pending_entry" DROP CONSTRAINT "pending_entry_shop_id_flow_key_contact_id_pk";--> statement-breakpoint
ALTER TABLE "pending_entry" ADD COLUMN "thing" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "pending_entry" ADD CONSTRAINT "pending_entry_shop_id_flow_key_contact_id_thing_pk" PRIMARY KEY("shop_id","flow_key","contact_id","thing");--> statement-breakpoint
ALTER TABLE "enrollment" ADD COLUMN "thing" text;--> statement-breakpoint
CREATE INDEX "code_expiry" ON "code" USING btree ("shop_id","expires_at") WHERE status = 'issued';--> statement-breakpoint
CREATE TABLE "anniversary" (
	"shop_id" uuid NOT NULL,
	"contact_id" uuid NOT NULL,
	"field" text NOT NULL,
	"date" text NOT NULL,
	"day" text NOT NULL,
	"fresh" boolean DEFAULT true NOT NULL,
	CONSTRAINT "anniversary_shop_id_contact_id_field_pk" PRIMARY KEY("shop_id","contact_id","field")
);
--> statement-breakpoint
CREATE TABLE "ending" (
	"shop_id" uuid NOT NULL,
	"id" text NOT NULL,
	"contact_id" uuid NOT NULL,
	"what" text NOT NULL,
	"title" text,
	"ends_at" timestamp with time zone NOT NULL,
	"points" integer,
	"items" jsonb NOT NULL,
	"updated_at" timestamp with time zone NOT NULL,
	CONSTRAINT "ending_shop_id_id_pk" PRIMARY KEY("shop_id","id")
);
--> statement-breakpoint
ALTER TABLE "anniversary" ADD CONSTRAINT "anniversary_shop_id_shop_id_fk" FOREIGN KEY ("shop_id") REFERENCES "public"."shop"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "anniversary" ADD CONSTRAINT "anniversary_shop_id_contact_id_contact_shop_id_id_fk" FOREIGN KEY ("shop_id","contact_id") REFERENCES "public"."contact"("shop_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ending" ADD CONSTRAINT "ending_shop_id_shop_id_fk" FOREIGN KEY ("shop_id") REFERENCES "public"."shop"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ending" ADD CONSTRAINT "ending_shop_id_contact_id_contact_shop_id_id_fk" FOREIGN KEY ("shop_id","contact_id") REFERENCES "public"."contact"("shop_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "anniversary_day" ON "anniversary" USING btree ("shop_id","field","day");--> statement-breakpoint
CREATE INDEX "anniversary_fresh" ON "anniversary" USING btree ("shop_id","contact_id") WHERE fresh;--> statement-breakpoint
CREATE INDEX "ending_at" ON "ending" USING btree ("shop_id","ends_at");--> statement-breakpoint
CREATE INDEX "ending_contact" ON "ending" USING btree ("shop_id","contact_id");--> statement-breakpoint
CREATE FUNCTION "keep_anniversaries"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM "anniversary" a
  WHERE a.shop_id = NEW.shop_id AND a.contact_id = NEW.id
    AND CASE a.field WHEN 'birthday' THEN NEW.birthday IS NULL ELSE NOT NEW.dates ? a.field END;
  INSERT INTO "anniversary" (shop_id, contact_id, field, date, day)
  SELECT NEW.shop_id, NEW.id, told.field, told.date, right(told.date, 5)
  FROM (
    SELECT 'birthday' AS field, NEW.birthday AS date WHERE NEW.birthday IS NOT NULL
    UNION ALL SELECT key, value FROM jsonb_each_text(NEW.dates) WHERE key <> 'birthday'
  ) told
  ON CONFLICT (shop_id, contact_id, field) DO UPDATE SET date = excluded.date, day = excluded.day, fresh = true
    WHERE "anniversary".date <> excluded.date;
  RETURN NULL;
END $$;--> statement-breakpoint
CREATE TRIGGER "contact_told_dates" AFTER INSERT ON "contact" FOR EACH ROW
  WHEN (NEW.birthday IS NOT NULL OR NEW.dates <> '{}') EXECUTE FUNCTION "keep_anniversaries"();--> statement-breakpoint
CREATE TRIGGER "contact_changed_dates" AFTER UPDATE OF birthday, dates ON "contact" FOR EACH ROW
  WHEN (OLD.birthday IS DISTINCT FROM NEW.birthday OR OLD.dates IS DISTINCT FROM NEW.dates) EXECUTE FUNCTION "keep_anniversaries"();--> statement-breakpoint
INSERT INTO "anniversary" (shop_id, contact_id, field, date, day, fresh)
SELECT shop_id, id, 'birthday', birthday, right(birthday, 5), false FROM "contact" WHERE birthday IS NOT NULL;
