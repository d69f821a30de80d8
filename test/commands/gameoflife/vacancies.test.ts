import { expect } from "chai";
import { Vacancies } from "../../../commands/gameoflife/vacancies.ts";

/** Looks at the same game so many times; gives what was free in each look. */
function look(vacancies: Vacancies, times: number, step: number, unlived: number[]): number[][] {
  return Array.from({ length: times }, () => vacancies.see({ step, unlived }));
}

describe("Vacancies", () => {
  it("has a cell be free that is without a worker in two looks in a row", () => {
    expect(look(new Vacancies(false), 3, 7, [1, 4])).to.deep.equal([[], [1, 4], [1, 4]]);
  });

  it("counts anew when a cell had a worker in between", () => {
    const vacancies = new Vacancies(false);
    vacancies.see({ step: 7, unlived: [1, 4] });
    expect(vacancies.see({ step: 7, unlived: [4] })).to.deep.equal([4]);
    expect(vacancies.see({ step: 7, unlived: [1, 4] })).to.deep.equal([4]);
    expect(vacancies.see({ step: 7, unlived: [1, 4] })).to.deep.equal([1, 4]);
  });

  it("has no cell be free while a server does not know how far all have come", () => {
    const vacancies = new Vacancies(false);
    expect(look(vacancies, 100, -1, [1, 4]).flat()).to.deep.equal([]);
    expect(vacancies.see({ step: 0, unlived: [1] })).to.deep.equal([1]);
  });

  it("lets workers come back for twenty looks where the start would do for a cell that nobody knows", () => {
    const seen = look(new Vacancies(true), 21, -1, [1]);
    expect(seen.slice(0, 19).flat()).to.deep.equal([]);
    expect(seen.slice(19)).to.deep.equal([[1], [1]]);
  });
});
