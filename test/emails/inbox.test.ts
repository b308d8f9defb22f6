import { describe, expect, it } from 'vitest';
import { inboxMailer } from '../../emails/inbox.ts';
import type { OutgoingLetter } from '../../emails/mailer.ts';

const letter: OutgoingLetter = {
  id: 'msg_1',
  shop: 'shop_1',
  stream: 'broadcast',
  from: { name: 'Linen', email: 'hello@linen.example' },
  to: 'anna@mail.example',
  subject: 'Hello',
  html: '<p>Hello</p>',
  text: 'Hello',
  headers: {},
  tag: 'offer',
};

describe('the local inbox', () => {
  it('keeps a letter and finds it again by its id', async () => {
    const kept = new Map<string, OutgoingLetter>();
    const mailer = inboxMailer(
      async (given) => void kept.set(given.id, given),
      async (id) => kept.has(id),
    );
    expect(await mailer.find('msg_1', 1_000)).toEqual({ kind: 'missing' });
    const outcome = await mailer.send(letter, 1_000);
    expect(kept.get('msg_1')).toEqual(letter);
    expect(outcome.kind).toBe('accepted');
    expect(await mailer.find('msg_1', 1_000)).toEqual({ ...outcome, kind: 'found' });
  });

  it('does not claim to know what a failing or silent store did', async () => {
    const failing = inboxMailer(
      () => Promise.reject(new Error('gone')),
      () => Promise.reject(new Error('gone')),
    );
    expect(await failing.send(letter, 1_000)).toMatchObject({ kind: 'unknown' });
    expect(await failing.find('msg_1', 1_000)).toMatchObject({ kind: 'unanswered' });
    const silent = inboxMailer(
      () => new Promise(() => {}),
      () => new Promise(() => {}),
    );
    expect(await silent.send(letter, 20)).toMatchObject({ kind: 'unknown' });
    expect(await silent.find('msg_1', 20)).toMatchObject({ kind: 'unanswered' });
  });

  it('refuses what is not one plain address', async () => {
    const mailer = inboxMailer(
      () => Promise.reject(new Error('never asked')),
      async () => false,
    );
    expect(await mailer.send({ ...letter, to: 'a@b.example, c@d.example' }, 1_000)).toMatchObject({ kind: 'refused' });
  });
});
