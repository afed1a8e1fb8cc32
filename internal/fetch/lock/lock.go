// Package lock keeps processes from doing the same at once: two downloads of one file, two logins of one account.
package lock
