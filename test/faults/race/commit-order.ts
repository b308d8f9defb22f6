/** The order in which fences and stops commit, written down by the database itself at the very end of their transactions. */

import postgres from 'postgres';

/** What became of one chain and its letter; numbers rise in the order of commits. */
export interface Outcome {
  fence: number | null;
  stop: number | null;
  settledAs: string;
  reason: string | null;
}

/** Deferred triggers fire when a transaction commits, its locks still held: who waited for them has the higher number. */
const TRIGGERS = `
  create sequence commit_number;
  create table commit_log (chain uuid not null, what text not null, number bigint not null);
  create function note_commit() returns trigger language plpgsql security definer set search_path = public as $$
  begin
    insert into commit_log values (case tg_argv[0] when 'fence' then (to_jsonb(new)->>'enrollment_id')::uuid else new.id end,
      tg_argv[0], nextval('commit_number'));
    return null;
  end $$;
  create constraint trigger note_fence after update on message deferrable initially deferred for each row
    when (old.call_started_at is null and new.call_started_at is not null) execute function note_commit('fence');
  create constraint trigger note_stop after update on enrollment deferrable initially deferred for each row
    when (old.status <> 'stopped' and new.status = 'stopped') execute function note_commit('stop');`;

export async function keepCommitOrder(databaseUrl: string): Promise<void> {
  const sql = postgres(databaseUrl, { max: 1, onnotice: () => {} });
  await sql.unsafe(TRIGGERS);
  await sql.end();
}

/** By enrollment. */
export async function commitOrder(databaseUrl: string): Promise<Map<string, Outcome>> {
  const sql = postgres(databaseUrl, { max: 1, onnotice: () => {} });
  const rows = await sql<
    { chain: string; fence: string | null; stop: string | null; status: string; reason: string | null }[]
  >`
    select m.enrollment_id as chain, m.status, m.reason,
      max(number) filter (where what = 'fence') as fence, min(number) filter (where what = 'stop') as stop
    from message m left join commit_log on chain = m.enrollment_id
    group by m.id`;
  await sql.end();
  const numberOf = (text: string | null): number | null => (text === null ? null : Number(text));
  return new Map(
    rows.map(({ chain, fence, stop, status, reason }) => [
      chain,
      { fence: numberOf(fence), stop: numberOf(stop), settledAs: status, reason },
    ]),
  );
}
