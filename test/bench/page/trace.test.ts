import { expect, test } from 'vitest';
import { readTrace, type TraceEvent } from './trace.ts';

const PAGE = 'http://shop.test/list';
const WATCHED = { page: PAGE, scripts: 'http://scripts.test/', probe: 'probe.js' };

/** Times in milliseconds, on the main thread of the page. */
const event = (name: string, at: number, ms: number, url?: string, changes: Partial<TraceEvent> = {}): TraceEvent => ({
  name,
  ph: 'X',
  pid: 1,
  tid: 1,
  ts: at * 1_000,
  dur: ms * 1_000,
  args: url ? { data: { url } } : {},
  ...changes,
});
const mark = (name: string, at: number): TraceEvent => event(name, at, 0, undefined, { ph: 'I' });
const read = (...events: TraceEvent[]) =>
  readTrace(
    [event('navigationStart', 0, 0, undefined, { ph: 'R', args: { data: { documentLoaderURL: PAGE } } }), ...events],
    WATCHED,
  );

test('what lies within a script is counted once, with it', () => {
  const { before } = read(
    event('EvaluateScript', 10, 20, 'http://scripts.test/a.js'),
    event('v8.compile', 11, 2, 'http://scripts.test/a.js'),
    event('FunctionCall', 15, 5, PAGE),
  );
  expect(before).toMatchObject({ script: 20, named: 20 });
});

test('what promises go on with is script of no name', () => {
  const { before } = read(event('RunMicrotasks', 10, 4), event('FunctionCall', 11, 1, 'http://scripts.test/a.js'));
  expect(before).toMatchObject({ script: 4, named: 1 });
});

test('what the thread had to wait for the machine is nobody’s', () => {
  const { before } = read(event('FunctionCall', 10, 60, 'http://scripts.test/a.js', { tdur: 20_000 }));
  expect(before.script).toBe(20);
});

test('a picture that the page asks for in the turn of its promises is no script', () => {
  const request = (url: string) => event('ResourceFetcher::requestResource', 11, 2, undefined, { args: { url } });
  expect(read(event('RunMicrotasks', 10, 5), request('http://shop.test/a.png')).before.script).toBe(3);
  expect(read(event('RunMicrotasks', 10, 5), request('http://scripts.test/b.js')).before.script).toBe(5);
  expect(read(event('ParseHTML', 10, 5), request('http://shop.test/a.png')).before.script).toBe(0);
});

test('the landing ends where the visitor first moves', () => {
  const { landing, before } = read(
    event('FunctionCall', 10, 5, 'http://scripts.test/a.js'),
    mark('bench:landed', 20),
    event('FunctionCall', 30, 7, 'http://scripts.test/a.js'),
    mark('bench:looked', 40),
    event('FunctionCall', 50, 9, 'http://scripts.test/a.js'),
  );
  expect([landing.script, before.script]).toEqual([5, 12]);
});

test('other threads, other pages and the measuring itself are left out', () => {
  const { before } = read(
    event('FunctionCall', 10, 5, 'http://scripts.test/a.js', { tid: 2 }),
    event('FunctionCall', 10, 5, 'http://scripts.test/a.js', { pid: 2 }),
    event('FunctionCall', 20, 5, 'probe.js'),
    event('EvaluateScript', 30, 5),
  );
  expect(before.script).toBe(0);
});

test('a long task is a script’s where it would not be long without it', () => {
  const { before } = read(
    event('RunTask', 0, 60),
    event('FunctionCall', 1, 20, 'http://scripts.test/a.js'),
    event('RunTask', 100, 90),
    event('FunctionCall', 101, 20, 'http://scripts.test/a.js'),
    event('RunTask', 200, 70),
    event('EvaluateScript', 201, 60, PAGE),
    event('RunTask', 300, 49),
    event('FunctionCall', 300, 49, 'http://scripts.test/a.js'),
    event('RunTask', 400, 55),
    event('RunMicrotasks', 400, 55),
  );
  expect(before.long).toEqual([60, 55]);
  expect(before.tasks).toBe(324);
});

test('once the visitor leaves, the painting of what a script has put there is the script’s too', () => {
  const { before, after } = read(
    event('RunTask', 0, 60),
    mark('bench:looked', 100),
    event('RunTask', 110, 60),
    event('FunctionCall', 111, 5, 'http://scripts.test/a.js'),
    event('RunTask', 200, 49),
  );
  expect([before.long, after.long]).toEqual([[], [60]]);
});

test('the leaving begins at its mark, and the dialog is there when a frame with it is drawn', () => {
  const call = (at: number, ms: number): TraceEvent => event('FunctionCall', at, ms, 'http://scripts.test/a.js');
  const { before, after, leftToPaintedMs } = read(
    call(10, 5),
    mark('bench:looked', 100),
    mark('bench:left', 110),
    event('Commit', 120, 1),
    call(460, 30),
    mark('bench:shown', 490),
    event('DrawFrame', 491, 0, undefined, { ph: 'I', tid: 3 }),
    event('Commit', 500, 2),
    event('DrawFrame', 510, 0, undefined, { ph: 'I', tid: 3 }),
  );
  expect([before.script, after.script, leftToPaintedMs]).toEqual([5, 30, 400]);
  expect(read(mark('bench:left', 110)).leftToPaintedMs).toBeNull();
});

test('a trace of another page says so', () => {
  expect(() => readTrace([], WATCHED)).toThrow('shop.test');
});
