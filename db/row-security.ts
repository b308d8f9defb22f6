/** The second net under the shop filter: roles and policies, laid anew after each migration. Where roles can't be made, it stays off. */

/**
 * `linger_open(role, shop)` opens a transaction: it names the shop, takes the role where it exists, and tells the database's time.
 * The policies name no role, so that they can be made before the roles are.
 */
export const ROW_SECURITY = `
create or replace function linger_open(wanted text, shop text) returns timestamptz language plpgsql as $$
begin
  perform set_config('app.shop', shop, true);
  if exists (select from pg_roles where rolname = wanted and pg_has_role(rolname, 'member')) then
    perform set_config('role', wanted, true);
  end if;
  return clock_timestamp();
end $$;

do $$
declare
  wanted text;
  tables record;
begin
  foreach wanted in array array['linger_app', 'linger_engine'] loop
    begin
      if not exists (select from pg_roles where rolname = wanted) then
        execute format('create role %I nologin', wanted);
      end if;
    exception when duplicate_object or unique_violation then null;
      when insufficient_privilege then return;
    end;
    begin
      if not exists (select from pg_roles where rolname = wanted and pg_has_role(rolname, 'member')) then
        execute format('grant %I to current_user', wanted);
      end if;
    -- Somebody else's roles, which we may not take: without both of them there is no second net.
    exception when insufficient_privilege or invalid_grant_operation then return;
    end;
    execute format('grant usage on schema public to %I', wanted);
    execute format('grant select, insert, update, delete on all tables in schema public to %I', wanted);
    execute format('grant usage on all sequences in schema public to %I', wanted);
  end loop;
  for tables in
    select table_name as name, case table_name when 'shop' then 'id' else 'shop_id' end as owner
    from information_schema.columns
    where table_schema = 'public' and (column_name = 'shop_id' or (table_name = 'shop' and column_name = 'id'))
  loop
    execute format('alter table %I enable row level security', tables.name);
    execute format('drop policy if exists one_shop on %I', tables.name);
    execute format(
      'create policy one_shop on %I using (current_user = ''linger_engine'' or %I = nullif(current_setting(''app.shop'', true), '''')::uuid)',
      tables.name, tables.owner);
  end loop;
end $$;
`;
