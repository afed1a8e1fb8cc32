// Package bench measures loads and reads, each beside the least that another program needs for the same work. Its
// reports are commands: see report and reading. It is a module of its own, so that what it is compared with stays out of
// the program's dependencies.
package bench
