import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { startTicker, type Ticker } from '../../api/node/ticker.ts';

const HOUR_MS = 3_600_000;

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** Counts when its turns begin; each takes as long as it is told. */
function counting(everyMs: number, turnMs = 0): Ticker & { begun: number[]; wholes: boolean[] } {
  const begun: number[] = [];
  const wholes: boolean[] = [];
  const turn = async (whole: boolean): Promise<void> => {
    begun.push(performance.now());
    wholes.push(whole);
    if (turnMs > 0) await new Promise((resolve) => setTimeout(resolve, turnMs));
  };
  const fail = (error: unknown): never => {
    throw error;
  };
  return { begun, wholes, ...startTicker(turn, { everyMs, apartMs: 200, onError: fail }) };
}

it('takes a turn at once when it is woken from its rest', async () => {
  const { begun, wake } = counting(HOUR_MS);
  await vi.advanceTimersByTimeAsync(300);
  wake();
  await vi.advanceTimersByTimeAsync(0);
  expect(begun).toHaveLength(2);
});

it.each([0, 30])('takes five turns a second however often it is woken, each of %i ms', async (turnMs) => {
  const { begun, wake } = counting(HOUR_MS, turnMs);
  for (let ms = 0; ms < 990; ms += 5) {
    wake();
    await vi.advanceTimersByTimeAsync(5);
  }
  expect(begun.map((at) => Math.round(at - (begun[0] ?? 0)))).toEqual([0, 200, 400, 600, 800]);
});

it('looks for everything in one turn of a second, also in the last after a stream of wakes', async () => {
  const { begun, wake, wholes } = counting(HOUR_MS);
  for (let ms = 0; ms < 1_500; ms += 5) {
    wake();
    await vi.advanceTimersByTimeAsync(5);
  }
  await vi.advanceTimersByTimeAsync(10_000);
  expect(wholes.flatMap((whole, index) => (whole ? [(begun[index] ?? 0) - (begun[0] ?? 0)] : []))).toEqual([
    0, 1_000, 2_000,
  ]);
  expect(wholes.at(-1)).toBe(true);
});

it('takes another turn for a wake that came during one, be it long', async () => {
  const { begun, wake, wholes } = counting(HOUR_MS, 700);
  await vi.advanceTimersByTimeAsync(100);
  wake();
  await vi.advanceTimersByTimeAsync(600);
  expect(begun).toHaveLength(2);
  await vi.advanceTimersByTimeAsync(10_000);
  expect(wholes).toEqual([true, false, true]);
});

it('goes on by itself, and ends when it is told to', async () => {
  const { begun, stop } = counting(1_000);
  await vi.advanceTimersByTimeAsync(3_500);
  expect(begun).toHaveLength(4);
  await stop();
  await vi.advanceTimersByTimeAsync(5_000);
  expect(begun).toHaveLength(4);
});
