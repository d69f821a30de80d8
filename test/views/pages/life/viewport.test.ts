import { expect } from "chai";
import { FIT, maxZoom, panBy, type Viewport, zoomAt } from "../../../../views/pages/life/viewport.ts";

/** Where in the grid the cell is that is seen at a point. */
function seenAt({ zoom, left, top }: Viewport, x: number, y: number): [number, number] {
  return [left + x / zoom, top + y / zoom];
}

describe("zoomAt", () => {
  it("keeps the cell that is at the point there", () => {
    const before = zoomAt(FIT, 2, 10, 0.25, 0.75);
    expect(seenAt(before, 0.25, 0.75)).to.deep.equal([0.25, 0.75]);
    const after = zoomAt(before, 3, 10, 0.5, 0.5);
    expect(after.zoom).to.equal(6);
    const [col, row] = seenAt(before, 0.5, 0.5);
    expect(seenAt(after, 0.5, 0.5)[0]).to.be.closeTo(col, 1e-12);
    expect(seenAt(after, 0.5, 0.5)[1]).to.be.closeTo(row, 1e-12);
  });

  it("zooms into the middle where no point is given", () => {
    expect(zoomAt(FIT, 2, 10)).to.deep.equal({ zoom: 2, left: 0.25, top: 0.25 });
  });

  it("stops at the limit, and with all of the grid in sight", () => {
    expect(zoomAt(FIT, 100, 8).zoom).to.equal(8);
    expect(zoomAt({ zoom: 2, left: 0.5, top: 0 }, 0.1, 8)).to.deep.equal(FIT);
  });

  it("shows nothing beside the grid, wherever it zooms out", () => {
    const corner = zoomAt(FIT, 8, 8, 1, 1);
    expect(corner).to.deep.equal({ zoom: 8, left: 0.875, top: 0.875 });
    expect(zoomAt(corner, 0.5, 8, 0, 0)).to.deep.equal({ zoom: 4, left: 0.75, top: 0.75 });
  });
});

describe("panBy", () => {
  it("moves the grid with what drags it", () => {
    expect(panBy({ zoom: 4, left: 0.5, top: 0.5 }, 0.5, -0.5)).to.deep.equal({
      zoom: 4,
      left: 0.375,
      top: 0.625,
    });
  });

  it("stops at the edges", () => {
    const view = { zoom: 2, left: 0.25, top: 0.25 };
    expect(panBy(view, 9, 9)).to.deep.equal({ zoom: 2, left: 0, top: 0 });
    expect(panBy(view, -9, -9)).to.deep.equal({ zoom: 2, left: 0.5, top: 0.5 });
  });

  it("moves nothing while all is in sight", () => {
    expect(panBy(FIT, 0.3, -0.3)).to.deep.equal(FIT);
  });
});

describe("maxZoom", () => {
  it("leaves eight cells of a row in sight, and all of a small grid", () => {
    expect(maxZoom(100)).to.equal(12.5);
    expect(maxZoom(5)).to.equal(1);
  });
});
