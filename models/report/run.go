package report

// withdrawn is the state of a run whose start was undone: it never was.
const withdrawn = "withdrawn"
