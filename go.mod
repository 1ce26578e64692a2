module relevo

go 1.26.8
