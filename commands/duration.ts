/** A time in milliseconds as a clock shows it, rounded to seconds: `0:07`, `5:01`, `1:02:03`. */
export function formatDuration(milliseconds: number): string {
  const seconds = Math.round(milliseconds / 1000);
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
  const clock = `${minutes}:${twoDigits(seconds % 60)}`;
  return hours === 0 ? clock : `${hours}:${clock.padStart(5, "0")}`;
}

function twoDigits(value: number): string {
  return String(value).padStart(2, "0");
}
