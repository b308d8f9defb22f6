/** The step `act`: a social act in the network's own dialog. Whoever comes back is believed; nobody can prove what was done. */

import type { Network, PopupText, SocialAct } from '../../core/rules/popup.ts';
import { pageUrl } from '../collect/url.ts';
import { guarded } from '../guard.ts';
import type { Acting, View } from './view.ts';

export { css } from './acting.css';

const LABELS: Record<SocialAct['act'], PopupText> = {
  like: 'actLike',
  share: 'actShare',
  invite: 'actInvite',
  join: 'actJoin',
};

interface Place {
  name: string;
  /** The network's sharing dialog; the address that is shared comes after it. */
  dialog: string;
}

const PLACES: Record<Exclude<Network, 'any'>, Place> = {
  vk: { name: 'VK', dialog: 'https://vk.com/share.php?url=' },
  ok: { name: 'OK', dialog: 'https://connect.ok.ru/offer?url=' },
  telegram: { name: 'Telegram', dialog: 'https://t.me/share/url?url=' },
  whatsapp: { name: 'WhatsApp', dialog: 'https://wa.me/?text=' },
  facebook: { name: 'Facebook', dialog: 'https://www.facebook.com/sharer/sharer.php?u=' },
  x: { name: 'X', dialog: 'https://x.com/intent/post?url=' },
  pinterest: { name: 'Pinterest', dialog: 'https://www.pinterest.com/pin/create/button/?url=' },
};

export const Doing = ({ view, stage }: { view: View; stage: Acting }) => {
  const { act, words, options } = view;
  return (
    <div class="step">
      <button class="accept" type="button" onClick={act.perform}>
        {labelOf(options.rule.popup.act, words.say)}
      </button>
      {stage.gone && (
        <button class="choice" type="button" onClick={act.performed}>
          {words.say('actDone')}
        </button>
      )}
      <button class="decline" type="button" onClick={act.decline}>
        {words.say('decline')}
      </button>
    </div>
  );
};

function labelOf(social: SocialAct | undefined, say: View['words']['say']): string {
  if (!social || social.network === 'any') return say('share' in navigator ? 'actAny' : 'actCopy');
  return say(LABELS[social.act], { network: PLACES[social.network].name });
}

export function perform({ act, network, url }: SocialAct, { gone, back }: { gone(): void; back(): void }): void {
  // Not what advertising added: that is about this visitor.
  const shared = url ?? pageUrl(location.href, location.href) ?? location.href;
  if (network === 'any') {
    // A dialog that was closed again, or none at all: the visitor may still say that it is done.
    if ('share' in navigator) navigator.share({ title: document.title, url: shared }).then(back, gone);
    else copied(shared).then(back, gone);
    return;
  }
  const sharing = act === 'share' || act === 'invite';
  window.open(sharing ? PLACES[network].dialog + encodeURIComponent(shared) : shared, '_blank', 'noopener');
  gone();
  const returned = guarded(() => {
    if (document.visibilityState !== 'visible') return;
    removeEventListener('focus', returned);
    document.removeEventListener('visibilitychange', returned);
    back();
  });
  addEventListener('focus', returned);
  document.addEventListener('visibilitychange', returned);
}

/** Where there is no clipboard, as on a page without TLS, this rejects. */
const copied = async (text: string): Promise<void> => navigator.clipboard.writeText(text);
