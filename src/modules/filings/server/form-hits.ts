import type { FilingContent } from '../content.ts';
import { checkForm } from '../text-check.ts';
import type { Hit } from '../validation.ts';
import type { Surroundings } from './facts.ts';
import type { PlacedFiling } from './store.ts';

/** The hits of a content by the form of its cycle and today's facts. */
export const check = (
  filing: Pick<PlacedFiling, 'kind' | 'formFields'>,
  content: FilingContent,
  { facts }: Surroundings,
): Hit[] => checkForm({ kind: filing.kind, fields: filing.formFields }, content, facts);
