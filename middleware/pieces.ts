/** The least that a message may come in, whatever `maxPayload` is. */
const MIN_FRAGMENTS = 16 * 1024;
const MIN_CHUNKS = 32 * 1024;

/** Fragments of fewer bytes, on average, would cost more memory than what they carry. */
const BYTES_A_FRAGMENT = 64;

/** No network cuts finer, on average. */
const BYTES_A_CHUNK = 512;

/**
 * In how many pieces a message may come. A fragment costs memory of its own, besides its bytes. A chunk, which is what one
 * read of the socket gives, costs time too: what `ws` takes to join them grows with the square of their number, and blocks
 * the event loop.
 *
 * @param maxPayload the largest message, in bytes
 */
export function piecesOf(maxPayload: number): { maxFragments: number; maxBufferedChunks: number } {
  return {
    maxFragments: Math.max(MIN_FRAGMENTS, Math.ceil(maxPayload / BYTES_A_FRAGMENT)),
    maxBufferedChunks: Math.max(MIN_CHUNKS, Math.ceil(maxPayload / BYTES_A_CHUNK)),
  };
}
