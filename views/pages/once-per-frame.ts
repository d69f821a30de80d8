/** Returns a function that has `draw` run at the next animation frame, once, however often it is called before. */
export function oncePerFrame(draw: () => void): () => void {
  let isPending = false;

  function run(): void {
    isPending = false;
    draw();
  }

  return function request() {
    if (isPending) return;
    isPending = true;
    requestAnimationFrame(run);
  };
}
