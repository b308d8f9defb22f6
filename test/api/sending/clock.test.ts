/** The clock table on the real engine and database: people in twelve zones over the weeks in which summer begins or ends. `SEED=` repeats a run; `WEEKS=all` takes them all. */

import { describe, expect, test } from 'vitest';
import { DAY, type Journey, journeySteps, moments, type SentLetter, ZONES } from '../../support/clock/journeys.ts';
import { complaintsAbout } from '../../support/clock/judge.ts';
import { addFlow, enroll } from '../../support/enroll.ts';
import { seeded } from '../../support/random.ts';
import { type Instance, startInstance } from '../../support/shop.ts';

const SEED = Number(process.env.SEED ?? 20_261_124);
const DAYS = 50;
const SENDING = { dailyCap: 1, quietHours: { from: '21:00', to: '09:00' } };

const WEEKS = [
  ['summer begins in the north', '2028-03-22T06:00:00Z', '2028-03-25T12:00:00Z'],
  ['summer ends in the north', '2027-10-27T06:00:00Z', '2027-10-30T12:00:00Z'],
  ['there is a 29 February', '2028-02-25T06:00:00Z', '2028-02-27T12:00:00Z'],
] as const;
/** One in three for each run: they take a while. */
const TAKEN = WEEKS.filter((_, number) => process.env.WEEKS === 'all' || number === SEED % WEEKS.length);

describe(`twelve zones, seed ${SEED}`, () => {
  test.each(TAKEN)(
    'while %s, with three days of outage and leaps of the clock',
    { timeout: 120_000 },
    async (_name, from, outage) => {
      const random = seeded(SEED);
      const start = Date.parse(from);
      const journeys = ZONES.flatMap((zone): Journey[] =>
        [0, 1].map(() => ({
          person: zone,
          zone,
          enterAt: start + random.int(0, 5 * DAY),
          steps: journeySteps(random),
        })),
      ).sort((one, other) => one.enterAt - other.enterAt);
      const faults = [
        { at: Date.parse(outage), outage: 3 * DAY },
        { at: start + 8 * DAY, leap: DAY },
        { at: start + 12 * DAY, leap: -DAY },
      ];
      let now = start;
      const accepting = {
        name: 'accepting',
        send: async ({ id }: { id: string }) => ({ kind: 'accepted' as const, providerId: id }),
        find: async () => ({ kind: 'missing' as const }),
      };
      const instance = await startInstance({ clock: () => now, mailer: accepting });
      const shop = await instance.openShop({ sending: SENDING });
      const coming = [...journeys.entries()];
      const chains = new Map<string, Journey>();
      for (now of moments(start, DAYS, faults, random)) {
        for (let next = coming[0]; next && next[1].enterAt <= now; next = coming[0]) {
          coming.shift();
          const [number, journey] = next;
          await addFlow(instance.deps, shop.id, `journey-${number}`, journey.steps, { stopOn: [] });
          const email = `${ZONES.indexOf(journey.zone as (typeof ZONES)[number])}@example.com`;
          const person = await enroll(instance.deps, shop.id, { email, flow: `journey-${number}` });
          await instance.db.engine(
            ({ sql }) =>
              sql`update contact set timezone = ${journey.zone} where shop_id = ${shop.id} and id = ${person.contactId}`,
          );
          chains.set(person.enrollmentId, journey);
        }
        if (await isDue(instance, now)) await instance.tick();
      }
      expect(complaintsAbout(journeys, await lettersOf(instance, chains), SENDING)).toEqual([]);
      await instance.close();
    },
  );
});

/** Looking where nothing is due changes nothing, and takes its time. */
const isDue = (instance: Instance, now: number): Promise<boolean> =>
  instance.db.engine(async ({ sql }) => {
    const rows = await sql`
      select from message where status in ('queued', 'sending', 'unknown') and not_before <= ${now}
      union all select from enrollment where status = 'active' and due_at <= ${now} limit 1`;
    return rows.length > 0;
  });

async function lettersOf(instance: Instance, chains: ReadonlyMap<string, Journey>): Promise<SentLetter[]> {
  const rows = await instance.db.engine(
    ({ sql }) =>
      sql<
        {
          enrollmentId: string;
          step: number;
          status: string;
          reason: string | null;
          prompt: boolean;
          callStartedAt: number | null;
        }[]
      >`select enrollment_id, step, status, reason, prompt, call_started_at from message order by settled_at, step`,
  );
  return rows.flatMap(({ enrollmentId, step, status, reason, prompt, callStartedAt }) => {
    const journey = chains.get(enrollmentId);
    const sentAt = status === 'sent' ? callStartedAt : null;
    return journey ? [{ journey, place: step, sentAt, reason: reason ?? (sentAt ? null : status), prompt }] : [];
  });
}
