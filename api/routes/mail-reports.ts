/** What mail servers report of letters, as it lands in a mailbox and is handed on from there. */

import { recordDelivery } from '../actions/sending/record-delivery.ts';
import { readText } from '../http/body.ts';
import { endpoint } from '../http/endpoint.ts';
import { hookAnswer, knowsLogin, LARGEST_HOOK, shopOf, unknownLogin } from '../http/hook.ts';
import { readMailReport } from '../schemas/mail-report.ts';

const EXAMPLE = [
  'Content-Type: multipart/report; report-type=delivery-status; boundary="b"',
  '',
  '--b',
  'Content-Type: message/delivery-status',
  '',
  'Reporting-MTA: dns; mail.shop.example',
  '',
  'Final-Recipient: rfc822; reader@example.com',
  'Action: failed',
  'Status: 5.1.1',
  '',
  '--b',
  'Content-Type: text/rfc822-headers',
  '',
  'Message-ID: <8f14e45f-ceea-467f-a9c0-1b2d3e4f5a6b@shop.example>',
  '--b--',
  '',
].join('\n');

export const mailReportRoutes = [
  endpoint(
    {
      method: 'post',
      path: '/hooks/mail/:shop',
      access: 'open',
      tag: 'Hooks',
      summary: 'A mailbox hands on a bounce or a complaint',
      description:
        'The raw mail as the body, with basic auth by the user and password of `PATCH /v1/shop {"integrations": {"smtp": {…}}}`; refused while none are set. Takes delivery reports (RFC 3464) and feedback reports (RFC 5965) that hold the headers of a letter of ours: it is known by its Message-ID alone. An address that there is not, and a reader who complains, end all chains at once. Everything else is answered 200 and left, so that a whole mailbox can be handed on; the same report again changes nothing.',
      file: ['message/rfc822'],
      example: EXAMPLE,
      answers: {
        200: { description: 'Whether it was a final word about a letter', schema: hookAnswer },
        401: { description: 'Not the shop’s user and password', mediaType: 'text/plain' },
      },
      problems: ['not_found', 'too_large'],
    },
    async ({ deps, params, request }) => {
      const shop = await shopOf(deps, params.shop);
      if (!(await knowsLogin(deps, shop, request, 'smtp'))) return unknownLogin();
      const told = readMailReport(await readText(request, LARGEST_HOOK));
      if (told) await recordDelivery(deps, shop.id, told);
      deps.wake();
      return { status: 200, body: { heard: told !== null } };
    },
  ),
];
