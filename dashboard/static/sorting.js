/* Tables that sort by a click on a header: the dashboard's and a portable map's. */

/** Sort the rows of a table by the column of a header; again, the other way round. `data-sort` is a number that goes before the words of a cell.
 *  @param {HTMLTableCellElement} header */
function sortBy(header) {
  const table = header.closest("table"), body = table.tBodies[0], column = header.cellIndex;
  const down = header.getAttribute("aria-sort") === "ascending", words = new Intl.Collator("en", { numeric: true });
  const told = [...body.rows].map((row) => ({ row, cell: row.cells[column] }));
  told.sort((a, b) => (a.cell.dataset.sort - b.cell.dataset.sort) || words.compare(a.cell.textContent, b.cell.textContent));
  if (down) told.reverse();
  for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
  header.setAttribute("aria-sort", down ? "descending" : "ascending");
  body.append(...told.map(({ row }) => row));
}
