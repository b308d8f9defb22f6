import { describe, expect, it } from 'vitest';
import { readSettings } from '../../api/settings.ts';
import { BAD, COMPLETE, GOOD } from '../cases/api-settings.ts';

describe('settings', () => {
  it.each(GOOD)('%s', (_name, env, holds) => {
    expect(readSettings({ ...COMPLETE, ...env })).toEqual({ settings: expect.objectContaining(holds) });
  });

  it.each(BAD)('%s', (_name, env, named) => {
    expect(readSettings({ ...COMPLETE, ...env })).toEqual({ complaints: [expect.stringMatching(named)] });
  });

  it('complains of all that is wrong at once', () => {
    const read = readSettings({ DATABASE_URL: 'x', PORT: 'x', LOG_LEVEL: 'x', TICK_MS: 'x' });
    expect('complaints' in read && read.complaints.length).toBe(6);
  });

  it('never repeats a secret in a complaint', () => {
    const read = readSettings({
      DATABASE_URL: 'mysql://root:hunter2@db.example/x',
      ADMIN_KEY: 'hunter3',
      SIGNING_KEY: '',
    });
    expect(JSON.stringify(read)).not.toMatch(/hunter/);
  });

  it('runs alone with the keys it made: embedded database, demo', () => {
    const read = readSettings({}, { adminKey: 'own-admin', signingKey: 'own-signing' });
    expect(read).toEqual({
      settings: expect.objectContaining({
        databaseUrl: null,
        adminKey: 'own-admin',
        signingKey: 'own-signing',
        demo: true,
      }),
    });
  });

  it('lets a given key win over the one it made', () => {
    const read = readSettings({ ADMIN_KEY: 'given' }, { adminKey: 'own', signingKey: 'own' });
    expect(read).toEqual({ settings: expect.objectContaining({ adminKey: 'given', signingKey: 'own' }) });
  });
});
