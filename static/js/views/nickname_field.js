/** The nickname input with its label, remembered from the last visit. */

import { h } from '../dom.js';
import { t } from '../i18n.js';
import { NICKNAME_LENGTH } from '../limits.js';
import { memory } from '../memory.js';

export function nicknameField() {
  const input = h('input', {
    testid: 'nickname', type: 'text', maxLength: NICKNAME_LENGTH, autocomplete: 'nickname', spellcheck: false,
    placeholder: t('home.nickname_hint'), value: memory.nickname,
  });
  const element = h('div', { class: 'field' }, h('label', { htmlFor: 'nickname', text: t('home.nickname') }), input);
  return {
    element,
    input,
    /** The nickname, remembered from now on; or '' after asking for one. */
    take() {
      const nickname = input.value.trim();
      input.setAttribute('aria-invalid', String(!nickname));
      if (nickname) memory.nickname = nickname;
      else input.focus();
      return nickname;
    },
  };
}
