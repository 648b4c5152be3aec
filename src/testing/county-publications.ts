import { sql } from 'kysely';
import type { TestCity } from '#core/server/testing/test-city.ts';

/**
 * Of the county: somebody's feed of bulletins. The bulletins themselves are the whole city's: drafts only its office sees,
 * released ones everybody.
 */
export async function layOutPublications(city: TestCity, secret: string, accountId: string): Promise<void> {
  await city.system((scope) =>
    sql`insert into publications.feed (city_id, account_id, token_hash, made_at)
      values (${scope.cityId}, ${accountId}, ${secret}, ${scope.now}) on conflict do nothing`.execute(scope.db),
  );
}
