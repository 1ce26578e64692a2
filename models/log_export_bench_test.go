package models

import (
	"bytes"
	"context"
	"io"
	"os"
	"strconv"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"relevo/models/exchange"
	"relevo/models/ledger"
	"relevo/views/say"
)

// counted is where an export goes: nowhere, but its bytes are counted.
type counted struct{ n int64 }

func (c *counted) Write(p []byte) (int, error) {
	c.n += int64(len(p))
	return len(p), nil
}

// BenchmarkExport takes a log of a million entries away in each form that streams,
// and tells how much memory the whole process took at most.
func BenchmarkExport(b *testing.B) {
	const n = 1_000_000
	s, who, team, log := bigLog(b, n)
	s.parts.Notary = notary(b)
	_, err := s.LogHead(context.Background(), who, team)
	require.NoError(b, err)
	extract := func(x *LogExport, out io.Writer) error {
		e, err := ledger.NewExtract(out, ledger.Cover{Log: team, Whole: x.Whole(), Head: x.Head.Signed})
		require.NoError(b, err)
		require.NoError(b, x.Each(context.Background(), func(l LogLine) error {
			path, err := x.Path(l.Seq)
			require.NoError(b, err)
			return e.Add(l.Attested(), path)
		}))
		return e.Close()
	}
	table := func(x *LogExport, out io.Writer) error {
		rows, w := exchange.NewRows(out), say.All["en"]
		require.NoError(b, x.Each(context.Background(), func(l LogLine) error { return rows.Row(w.Row(l.Entry, l.Because, l.Leaf, time.UTC)) }))
		return rows.Close()
	}
	for _, c := range []struct {
		name, form string
		q          LogQuery
		write      func(*LogExport, io.Writer) error
	}{
		{"whole extract", ExportJSONL, LogQuery{}, extract},
		{"extract of a person", ExportJSONL, LogQuery{Person: log.people[0]}, extract},
		{"table", ExportCSV, LogQuery{}, table},
	} {
		b.Run(c.name, func(b *testing.B) {
			forgetPeak()
			var out counted
			for b.Loop() {
				x, err := s.ExportLog(context.Background(), who, team, c.q, c.form, 0)
				require.NoError(b, err)
				require.NoError(b, c.write(x, &out))
			}
			b.ReportMetric(float64(out.n)/1e6/b.Elapsed().Seconds(), "MB/s")
			b.ReportMetric(float64(out.n)/1e6/float64(b.N), "MB")
			b.ReportMetric(peak(), "peak-MB")
		})
	}
	b.Run("check of the whole extract", func(b *testing.B) {
		x, err := s.ExportLog(context.Background(), who, team, LogQuery{}, ExportJSONL, 0)
		require.NoError(b, err)
		file, err := os.Create(b.TempDir() + "/export.jsonl")
		require.NoError(b, err)
		require.NoError(b, extract(x, file))
		for b.Loop() {
			_, err := file.Seek(0, io.SeekStart)
			require.NoError(b, err)
			c, err := ledger.CheckExtract(file, s.parts.Notary.Known, nil)
			require.NoError(b, err)
			require.Empty(b, c.Findings)
		}
		require.NoError(b, file.Close())
	})
}

// forgetPeak and peak measure the most memory that the process has held, in MB; only
// Linux tells.
func forgetPeak() { _ = os.WriteFile("/proc/self/clear_refs", []byte("5"), 0o600) }

func peak() float64 {
	status, _ := os.ReadFile("/proc/self/status")
	_, after, _ := bytes.Cut(status, []byte("VmHWM:"))
	kb, _ := strconv.ParseFloat(string(bytes.Fields(append(after, " 0"...))[0]), 64)
	return kb / 1024
}
