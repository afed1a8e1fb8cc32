module casus/release

go 1.26.0
