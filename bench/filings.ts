// Twenty thousand projects and ten years of months, 2.4 million filings: how much more than bare SQL a page of them costs.
import { testCity } from '../src/core/server/testing/test-city.ts';
import { withDatabase } from './database.ts';
import { fillTenYears } from './ten-years.ts';

await withDatabase(async () => {
  const city = await testCity({ today: '2021-12-27' });
  console.time('fill');
  await fillTenYears(city);
  console.timeEnd('fill');
  await city.close();
});
