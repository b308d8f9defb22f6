/** Where a sender's link leads: the page on which a friend leaves an address. */

import type { Settings } from '../../settings.ts';

export const invitationUrl = ({ publicUrl }: Pick<Settings, 'publicUrl'>, token: string): string =>
  `${publicUrl}/r/${token}`;
