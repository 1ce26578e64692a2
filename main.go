// Relevo is a board on which a team's dependent work moves by itself: the moment
// a task is done, what waited for it is ready, the right people know, and the
// log says why.
package main

import "relevo/handlers/command"

// version is set when a release is built.
var version = "dev"

func main() { command.Main(version) }
