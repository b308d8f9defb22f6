/** The outbox's two busiest statements, each a function that opens its own transaction: one round trip where there were four. Laid anew after each migration. */

/** As `readByIndex` has it, for as long as the function runs. */
const BY_INDEX = `
  set enable_seqscan = off set enable_bitmapscan = off set enable_hashjoin = off set enable_mergejoin = off set enable_sort = off
  set plan_cache_mode = force_generic_plan`;

/** `at` is null where the time is the database's own. */
export const QUEUE_FUNCTIONS = `
create or replace function linger_lease(claiming uuid, most int, lease interval, at timestamptz)
returns table (letter uuid, shop uuid) language plpgsql ${BY_INDEX} as $$
declare
  opened constant timestamptz not null := linger_open('linger_engine', '');
  present constant timestamptz not null := coalesce(at, opened);
begin
  -- More are looked at than are taken, so that the next workers find some that the first has not locked; one by one, each where it lies:
  -- "offset 0" and arrays keep the planner from looking for it among all that is due.
  return query
    with turns as materialized (
      select due.place, due.turn from shop s cross join lateral (
        select oldest.place, row_number() over (order by oldest.not_before) as turn from (
          select o.ctid as place, o.not_before from outbox o
          where o.shop_id = s.id and not o.called and o.not_before <= present and (o.lease_until is null or o.lease_until < present)
          order by o.not_before limit 2 * most
        ) oldest
      ) due
      order by due.turn limit 4 * most
    ), locked as materialized (
      select found.place from turns cross join lateral (
        select o.ctid as place, o.called, o.not_before, o.lease_until from outbox o
        where o.ctid = turns.place offset 0 for update skip locked
      ) found
      where not found.called and found.not_before <= present and (found.lease_until is null or found.lease_until < present) limit most
    )
    update outbox o set claim = claiming, lease_until = present + lease where o.ctid = any(array(select place from locked))
    returning o.id, o.shop_id;
end $$;

create or replace function linger_settle(claimed_by uuid, by_provider text, ids uuid[], provider_ids text[], subjects text[], at timestamptz)
returns void language plpgsql ${BY_INDEX} as $$
declare
  opened constant timestamptz not null := linger_open('linger_engine', '');
  present constant timestamptz not null := coalesce(at, opened);
begin
  -- By their ids alone, and what was told of each by its place among them, sorted: joined to a list, the whole table might be read for it.
  with taken as (
    delete from outbox o where o.id = any(ids) and o.claim = claimed_by returning o.id
  ), settled as (
    update message m set status = 'sent', reason = null, settled_at = present, provider = by_provider,
      provider_id = provider_ids[width_bucket(m.id, ids)],
      subject = case when m.address_hash <> '' then subjects[width_bucket(m.id, ids)] end
    where m.id = any(array(select id from taken))
    returning m.shop_id, m.enrollment_id, m.step, m.occurrence
  )
  insert into settled_chain (shop_id, enrollment_id, step, at)
  select s.shop_id, s.enrollment_id, s.step + 1, present from settled s where s.occurrence = 0;
end $$;
`;
