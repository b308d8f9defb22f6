/** Takes an address that a visitor left in a form: a subscription, a sign-up, or the wish to hear when something is back. What letters it causes is up to the flows. */

import type { Item } from '../../../core/catalogue/item.ts';
import { mustConfirm } from '../../../core/letters/confirmation.ts';
import { localeOf } from '../../../core/values/locale.ts';
import type { FormAnswer, FormPost } from '../../../core/visits/wire.ts';
import type { Tx } from '../../../db/connect.ts';
import { updateVisitor } from '../../../db/visits.ts';
import { addWaiting } from '../../../db/waiting.ts';
import type { Deps } from '../../deps.ts';
import type { Network } from '../../network.ts';
import { followPerson } from '../contacts/follow-person.ts';
import { judgeAddress } from '../contacts/judge-address.ts';
import { keepConsent } from '../contacts/keep-consent.ts';
import { askerOf, meetPerson, type Told } from '../contacts/meet-person.ts';
import { mailableItems } from '../letters/mailable-items.ts';
import { askToConfirm } from '../readers/confirm-address.ts';
import { type Batch, foldBatch } from './fold-batch.ts';
import { followVisit } from './follow-visit.ts';
import type { FindShop } from './record-events.ts';

export interface FormInput extends Told, Pick<FormPost, 'kind' | 'item' | 'consent'> {
  batch: Batch;
}

/** Tells nobody what became of it: what is dropped, known already or never mailed looks like what is new. */
export async function takeForm(
  deps: Deps,
  findShop: FindShop,
  form: FormInput,
  network: Network,
): Promise<FormAnswer['status']> {
  const status = await deps.db.engine(async (tx): Promise<FormAnswer['status']> => {
    const shop = await findShop(tx);
    const folded = shop && (await foldBatch(tx, deps.settings.signingKey, shop, withForm(form, tx.now), network));
    if (!shop || !folded) return 'received';
    const unconfirmed = form.consent.marketing && mustConfirm(shop.settings.confirm, askerOf(shop, folded, form));
    const answer = unconfirmed ? 'confirm' : 'received';
    if (!folded.fresh) return answer;
    const contact = await meetPerson(tx, deps, { shop, visitor: folded.visitor, told: form });
    const locale = form.locale ?? contact.locale;
    const asks = unconfirmed || (form.consent.marketing && judgeAddress(deps, shop, contact) === 'confirm');
    const agreed = { contact, consent: form.consent, locale, folded, network, method: 'form' as const };
    const subscribed = await keepConsent(tx, deps, { ...agreed, unconfirmed: asks });
    if (form.consent.marketing) await updateVisitor(tx, { ...folded.visitor, subscribedAt: tx.now });
    await followVisit(tx, deps, shop, folded, contact.id);
    const visitorId = folded.visitor.id;
    const left = {
      contact,
      form: { kind: form.kind, id: form.batch.key },
      items: mailableItems(form.item ? [form.item] : [], shop.origins),
      locale: localeOf(locale),
    };
    await followPerson(tx, deps, { ...left, visitorId, subscribed });
    if (asks && contact.marketing !== 'subscribed') {
      await askToConfirm(tx, deps, { ...left, visitorId, ruleId: null, codeId: null, offer: { kind: 'none' } });
    }
    if (form.kind === 'waitlist') await wait(tx, deps, { contact, item: form.item, locale, origins: shop.origins });
    return answer;
  });
  deps.wake();
  return status;
}

/** The form as an event of the visit, unless the page has told it with the others. */
function withForm({ batch, kind, item }: FormInput, now: number): Batch {
  if (batch.events.some((event) => event.type === 'form' && event.kind === kind)) return batch;
  const at = batch.sentAt ?? batch.events.reduce((latest, event) => Math.max(latest, event.at), -Infinity);
  const form = { type: 'form' as const, kind, ...(item ? { item } : {}), at: Number.isFinite(at) ? at : now };
  return { ...batch, events: [...batch.events, form] };
}

interface Wish {
  contact: { shopId: string; id: string };
  item: Item | undefined;
  locale: string;
  origins: readonly string[];
}

/** A page can be forged: what could not stand in a letter is not waited for. */
async function wait(tx: Tx, deps: Deps, { contact, item, locale, origins }: Wish): Promise<void> {
  const [wanted] = mailableItems(item ? [item] : [], origins);
  if (!wanted) return;
  const { id: itemId, title, url } = wanted;
  await addWaiting(tx, { shopId: contact.shopId, id: deps.newId(), contactId: contact.id, itemId, title, url, locale });
}
