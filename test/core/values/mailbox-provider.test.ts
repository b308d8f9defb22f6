import { expect, it } from 'vitest';
import { isFreeMail, providerOf } from '../../../core/values/mailbox-provider.ts';
import { mailboxProviderCases } from '../../cases/mailbox-providers.ts';

it.each(mailboxProviderCases)('%s is kept by %s, free: %s', (address, provider, free) => {
  expect([providerOf(address), isFreeMail(address)]).toEqual([provider, free]);
});
