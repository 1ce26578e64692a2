package web

import (
	"bytes"
	"compress/gzip"
	"io"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

func TestPiecesCompressedApartAreOneStream(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		texts := rapid.SliceOfN(rapid.SliceOfN(rapid.Byte(), 0, 5000), 0, 4).Draw(t, "texts")
		var pieces []piece
		for _, text := range texts {
			pieces = append(pieces, packed(text))
		}
		var stream bytes.Buffer
		require.NoError(t, writeGzip(&stream, pieces...))
		z, err := gzip.NewReader(&stream)
		require.NoError(t, err)
		plain, err := io.ReadAll(z)
		require.NoError(t, err)
		require.Equal(t, string(bytes.Join(texts, nil)), string(plain))
	})
}
