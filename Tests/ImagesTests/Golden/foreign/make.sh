#!/bin/sh
# Makes the PNG files of this folder with ImageMagick; run it here. Written with ImageMagick 6 or 7.
set -e
ramp='P2 4 3 255 0 17 34 51 68 85 102 119 136 153 170 255'
color='P3 2 2 255 255 0 0 0 255 0 0 0 255 10 20 30'
echo "$ramp" | convert pgm:- -define png:color-type=0 -define png:bit-depth=8 -strip grey8.png
echo "$ramp" | convert pgm:- -define png:color-type=0 -define png:bit-depth=16 -strip grey16.png
echo "$ramp" | convert pgm:- -define png:color-type=0 -define png:bit-depth=8 -interlace PNG -strip interlaced.png
echo "$ramp" | convert pgm:- -define png:color-type=0 -define png:bit-depth=8 grey-chunks.png
echo "$color" | convert ppm:- -define png:color-type=2 -strip rgb8.png
echo "$color" | convert ppm:- -define png:color-type=3 -strip palette.png
echo "$color" | convert ppm:- -define png:color-type=2 -define png:bit-depth=16 -strip rgb16.png
echo "$color" | convert ppm:- -alpha set -channel A -evaluate set 50% -define png:color-type=6 -strip rgba8.png
echo "P2 4 1 255 0 255 255 0" | convert pgm:- -define png:color-type=0 -define png:bit-depth=1 -strip bits.png
echo "P2 2 1 255 200 100" | convert pgm:- -alpha set -channel A -evaluate set 100% -define png:color-type=4 -strip grey-alpha.png
