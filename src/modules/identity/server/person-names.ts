import { pinyin } from 'pinyin-pro';

/** What a password may not contain: user name, name, and the name in pinyin in both orders and by initials with digits aside. */
export function namesOf(username: string, personName: string): string[] {
  const syllables = pinyin(personName, { toneType: 'none', type: 'array', nonZh: 'removed', surname: 'head', v: true });
  const full = syllables.join('');
  const reversed = [...syllables.slice(1), ...syllables.slice(0, 1)].join('');
  return [username, username.split('@')[0]!, personName, full, reversed].filter((name) => name !== '');
}

/** A user name from a name: 刘敏 → liumin. Latin names lose what a user name may not hold. */
export const usernameFrom = (personName: string): string =>
  pinyin(personName, { toneType: 'none', type: 'array', surname: 'head', v: true })
    .join('')
    .toLowerCase()
    .replace(/[^a-z0-9]/g, '');
