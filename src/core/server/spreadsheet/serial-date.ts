/** Excel day numbers to civil days. */
const dayMs = 86_400_000;
const epoch1900 = Date.UTC(1899, 11, 30) / dayMs;
const epoch1904 = Date.UTC(1904, 0, 1) / dayMs;
/** 9999-12-31 in the 1900 system; beyond it Excel itself shows ####. */
const last = 2_958_465;

/** YYYY-MM-DD, or undefined when the number is no day. The time of day is dropped. */
export function serialToDay(serial: number, date1904: boolean): string | undefined {
  if (!Number.isFinite(serial) || serial < 0 || serial > last) return undefined;
  let day = Math.floor(serial + 1e-9);
  if (!date1904) {
    // Excel counts a 29 February 1900 that never was: day 60 is nothing, earlier days are one off.
    if (day === 60 || day === 0) return undefined;
    if (day < 60) day += 1;
  }
  return new Date((day + (date1904 ? epoch1904 : epoch1900)) * dayMs).toISOString().slice(0, 10);
}
